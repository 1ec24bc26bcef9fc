/** Bad input on real processes: a stable code and a sentence, nothing stored, nothing left on disk. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { decodeJwt, generateKeyPair, importJWK, SignJWT } from 'jose'
import * as operations from '#schema/generated/operations.ts'
import { createApiClient, newKey } from '#test/harness/api-client.ts'
import * as user from '#test/harness/api-user.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample, type SampleKind } from '#test/harness/sample-media.ts'

const maximumBytes = 5_000_000

describe('bad input', () => {
  let running: RunningSystem
  let someone: user.ApiUser
  before(async () => {
    running = await startTestSystem({ serviceEnv: { media: { UPLOAD_MAX_BYTES: String(maximumBytes) } } })
    someone = await user.signUpUser(running.system.publicUrl)
  })
  after(() => running[Symbol.asyncDispose]())

  const nothingIsLeft = async () => {
    assert.equal(await running.database.collection('fs.files').countDocuments({}), 0)
    assert.equal(await running.database.collection('fs.chunks').countDocuments({}), 0)
    const media = running.system.services.get('media')!
    const folders = await readdir(running.directory, { recursive: true })
    const received = folders.filter((name) => /uploads?\/[0-9a-f]{64}/.test(name))
    assert.deepEqual(received, [], `left on the disk of ${media.name}`)
  }

  const files: [SampleKind, string][] = [
    ['text-named-mp4', 'UNSUPPORTED_FORMAT'],
    ['video-only', 'NO_AUDIO_TRACK'],
    ['cut-in-half', 'CORRUPT_FILE'],
    ['cut-in-half-faststart', 'CORRUPT_FILE'],
  ]
  for (const [kind, code] of files) {
    it(`rejects ${kind} with ${code}`, async () => {
      const upload = await user.uploadFile(someone, await makeSample(running.directory, kind))
      assert.equal(upload.status, 'REJECTED')
      assert.equal(upload.failure?.code, code)
      assert.match(upload.failure.message, /\w{3}.*\.$/)
      await nothingIsLeft()
    })
  }

  it('rejects bytes whose hash is not the declared one', async () => {
    const path = await makeSample(running.directory, 'mp4-aac')
    const upload = await user.uploadFile(someone, path, { sha256: '0'.repeat(64) })
    assert.equal(upload.failure?.code, 'HASH_MISMATCH')
    await nothingIsLeft()
  })

  it('rejects more bytes than were declared', async () => {
    const path = await makeSample(running.directory, 'mp4-aac')
    const sizeBytes = (await readFile(path)).length - 1
    const upload = await user.uploadFile(someone, path, { sizeBytes })
    assert.equal(upload.failure?.code, 'SIZE_MISMATCH')
    await nothingIsLeft()
  })

  it('refuses a file over the limit before a byte is sent', async () => {
    const input = { filename: 'big.mp4', sizeBytes: maximumBytes + 1, idempotencyKey: newKey() }
    assert.equal(await someone.api.refusal(operations.CreateUploadDocument, { input }), 'UPLOAD_TOO_LARGE')
  })

  it('does not tell an unknown id from somebody else’s', async () => {
    const path = await makeSample(running.directory, 'mp4-aac')
    const { conversion, upload } = await user.convertFile(someone, path)
    const stranger = await user.signUpUser(running.system.publicUrl)
    for (const id of [conversion.id, 'unknown']) {
      assert.equal(await stranger.api.refusal(operations.ConversionDocument, { id }), 'NOT_FOUND')
      assert.equal(
        await stranger.api.refusal(operations.CancelConversionDocument, { input: { id } }),
        'NOT_FOUND',
      )
      await assert.rejects(user.followConversion(stranger.api, id), /NOT_FOUND/)
    }
    assert.equal(await stranger.api.refusal(operations.UploadDocument, { id: upload.id }), 'NOT_FOUND')
    const deletion = 'mutation ($id: ID!) { deleteConversion(input: { id: $id }) { deletedId } }'
    assert.equal((await someone.api.ask(deletion, { id: conversion.id })).errors, undefined)
    assert.equal(await someone.api.refusal(operations.ConversionDocument, { id: conversion.id }), 'NOT_FOUND')
    assert.equal((await fetch(conversion.mp3s[0]!.downloadUrl)).status, 410)
  })

  it('refuses expired, forged and wrong-audience tokens', async () => {
    const origin = running.system.publicUrl
    const secrets = JSON.parse(await readFile(join(running.directory, 'secrets.json'), 'utf8')) as Record<
      string,
      unknown
    >
    const keys = JSON.parse(
      JSON.stringify(secrets)
        .match(/\[\{\\"[^\]]*\]/)?.[0]
        .replaceAll('\\"', '"') ?? '[]',
    ) as { kid: string }[]
    const real = await importJWK(keys[0]!, 'EdDSA')
    const forged = (await generateKeyPair('EdDSA')).privateKey
    // A session of its own: those that are over, or never were, are refused as well.
    const { sid } = decodeJwt(someone.api.token!)
    const token = (key: typeof real, audience: string, issuedAt: number) =>
      new SignJWT({ sid })
        .setProtectedHeader({ alg: 'EdDSA', kid: keys[0]!.kid, typ: 'at+jwt' })
        .setSubject(someone.id)
        .setIssuer(origin)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 600)
        .sign(key)
    const now = Math.floor(Date.now() / 1000)
    const me = (bearer: string) =>
      createApiClient(origin, bearer).ask<{ me: { id: string } }>('{ me { id } }')
    assert.equal(
      (await me(await token(real, 'earshot-api', now))).data?.me.id,
      someone.id,
      'the test makes good tokens',
    )
    for (const bad of [
      await token(real, 'earshot-api', now - 700),
      await token(forged, 'earshot-api', now),
      await token(real, 'earshot-download', now),
      'nonsense',
    ]) {
      assert.equal((await me(bad)).errors?.[0]?.extensions?.code, 'UNAUTHENTICATED')
    }
  })

  it('names what is wrong with an operation', async () => {
    const { api } = someone
    const codeOf = async (query: string) => (await api.ask(query)).errors?.[0]?.extensions?.code
    assert.equal(await codeOf('{ me { '), 'GRAPHQL_PARSE_FAILED')
    assert.equal(await codeOf('{ nothing }'), 'GRAPHQL_VALIDATION_FAILED')
    assert.equal(
      await codeOf('{ me { conversions(status: [LOST]) { edges { cursor } } } }'),
      'GRAPHQL_VALIDATION_FAILED',
    )
    assert.equal(await codeOf('{ me { conversions(first: -1) { edges { cursor } } } }'), 'BAD_USER_INPUT')
    const upload = (sizeBytes: number) =>
      `mutation { createUpload(input: { filename: "a", sizeBytes: ${sizeBytes}, idempotencyKey: "k" }) { upload { id } } }`
    assert.equal(await codeOf(upload(-5)), 'GRAPHQL_VALIDATION_FAILED')
    const input = { filename: 'a', sizeBytes: -5, idempotencyKey: 'k' }
    assert.equal(await api.refusal(operations.CreateUploadDocument, { input }), 'BAD_USER_INPUT')
    assert.equal(await codeOf(upload(0)), 'BAD_USER_INPUT')
  })
})
