/** An account of the attacker's, with what floods use up: a token, uploads that are announced, an upload and a conversion. */
import { join } from 'node:path'
import * as operations from '#schema/generated/operations.ts'
import type { AttackScene } from '#test/attacks/attack-scene.ts'
import { newKey } from '#test/harness/api-client.ts'
import { convertFile, signUpUser, uploadFile, type ApiUser } from '#test/harness/api-user.ts'
import { ffmpeg } from '#test/harness/media-tools.ts'

const mostUploads = 50

export const createAttacker = async ({ running }: AttackScene): Promise<ApiUser> =>
  await signUpUser(running.system.publicUrl)

/** The paths of uploads that nothing has been sent of yet. */
export async function announceUploads({ api }: ApiUser): Promise<string[]> {
  const announce = async () => {
    const input = { filename: 'a.mp4', sizeBytes: 1_000_000, idempotencyKey: newKey() }
    const { createUpload } = await api.run(operations.CreateUploadDocument, { input })
    return new URL(createUpload.upload.url!).pathname
  }
  return await Promise.all(Array.from({ length: mostUploads }, announce))
}

/** An upload of three minutes of silence, and a conversion of another one. */
export async function makeWork(user: ApiUser, { running }: AttackScene) {
  const path = join(running.directory, 'silence.mp4')
  await ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=44100', '-t', '180', '-c:a', 'aac', path)
  const { id: uploadId } = await uploadFile(user, path)
  const { conversion } = await convertFile(user, path, { bitrateKbps: 320 })
  return { uploadId, conversionId: conversion.id }
}

/** To an MP3 of more chunks than media keeps in memory: half an hour, which is passed through as it is. */
export async function makeLink(user: ApiUser, { running }: AttackScene) {
  const [piece, path] = ['piece.mp3', 'long.mkv'].map((name) => join(running.directory, name)) as [
    string,
    string,
  ]
  const mp3 = ['-c:a', 'libmp3lame', '-b:a', '320k', '-write_xing', '0', '-id3v2_version', '0']
  await ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=44100', '-t', '60', ...mp3, piece)
  await ffmpeg('-stream_loop', '29', '-i', piece, '-c', 'copy', path)
  const { conversion } = await convertFile(user, path)
  const { downloadUrl, sizeBytes } = conversion.mp3s[0]!
  return { link: new URL(downloadUrl).pathname, sizeBytes }
}
