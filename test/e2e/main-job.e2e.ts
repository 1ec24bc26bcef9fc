/** The main job on real processes: a video goes in through the public API, an MP3 comes out, and a mail brings the link. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import * as operations from '#schema/generated/operations.ts'
import { newKey } from '#test/harness/api-client.ts'
import * as user from '#test/harness/api-user.ts'
import { decodedSeconds } from '#test/harness/decoded-audio.ts'
import { awaitMail, awaitVerificationToken } from '#test/harness/await-mail.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeTone } from '#test/harness/tone.ts'
import { makeSample, type SampleKind } from '#test/harness/sample-media.ts'

const kinds: SampleKind[] = [
  'mp4-aac',
  'mp4-aac-faststart',
  'mkv-opus',
  'webm-vorbis',
  'mov-pcm',
  'avi-mp3',
  'ts-ac3',
]
const frameSeconds = 1152 / 44_100

async function realRecordings(): Promise<string[]> {
  const folder = process.env['REAL_SAMPLES_DIRECTORY']
  if (!folder) throw new Error('REAL_SAMPLES_DIRECTORY is not set: run this test through npm test')
  return (await Array.fromAsync(glob(join(folder, '**/*.{mp4,avi,mpeg,ogg,mov,mkv}')))).toSorted()
}

describe('the main job', () => {
  let running: RunningSystem
  let origin: string
  before(async () => {
    running = await startTestSystem()
    origin = running.system.publicUrl
  })
  after(() => running[Symbol.asyncDispose]())

  for (const kind of kinds) {
    it(`converts ${kind} to an MP3 as long as its audio, with the promised bytes`, async () => {
      const path = await makeSample(running.directory, kind)
      const { conversion } = await user.convertFile(await user.signUpUser(origin), path)
      assert.equal(conversion.status, 'SUCCEEDED')
      const [mp3] = conversion.mp3s
      const bytes = Buffer.from(await (await fetch(mp3!.downloadUrl)).arrayBuffer())
      assert.equal(bytes.length, mp3!.sizeBytes)
      assert.equal(createHash('sha256').update(bytes).digest('hex'), mp3!.sha256)
      const output = join(running.directory, `${kind}.mp3`)
      await writeFile(output, bytes)
      const [expected, actual] = [await decodedSeconds(path), await decodedSeconds(output)]
      assert.ok(Math.abs(expected - actual) <= frameSeconds, `${expected} s of audio became ${actual} s`)
    })
  }

  it('encodes long audio on several cores, and says that its bytes are those of one encoder', async () => {
    await running.system.services.get('converter')!.restart({ CONCURRENCY: '2' })
    const path = await makeTone(running.directory, { minutes: 6 })
    const { conversion } = await user.convertFile(await user.signUpUser(origin), path)
    const [mp3] = conversion.mp3s
    assert.match(mp3!.encoding.path, /^PARALLEL_/)
    assert.equal(mp3!.encoding.identicalToSingleEncoder, true)
    const bytes = Buffer.from(await (await fetch(mp3!.downloadUrl)).arrayBuffer())
    assert.equal(createHash('sha256').update(bytes).digest('hex'), mp3!.sha256)
    const output = join(running.directory, 'long.mp3')
    await writeFile(output, bytes)
    assert.ok(Math.abs((await decodedSeconds(path)) - (await decodedSeconds(output))) <= frameSeconds)
  })

  it('converts real recordings to MP3s as long as their audio', async () => {
    const someone = await user.signUpUser(origin)
    const recordings = await realRecordings()
    assert.ok(recordings.length >= 3, 'there are real recordings to convert')
    for (const path of recordings) {
      const { conversion } = await user.convertFile(someone, path)
      assert.equal(conversion.status, 'SUCCEEDED', path)
      const output = join(running.directory, 'real.mp3')
      await writeFile(output, Buffer.from(await (await fetch(conversion.mp3s[0]!.downloadUrl)).arrayBuffer()))
      const [expected, actual] = [await decodedSeconds(path), await decodedSeconds(output)]
      assert.ok(
        Math.abs(expected - actual) <= frameSeconds,
        `${path}: ${expected} s of audio became ${actual} s`,
      )
    }
  })

  it('tells a subscriber every state in order, with fields of both subgraphs, and then ends', async () => {
    const someone = await user.signUpUser(origin)
    const upload = await user.uploadFile(someone, await makeSample(running.directory, 'mp4-aac'))
    const { id } = await user.startConversion(someone, upload.id)
    const socket = someone.api.openSocket()
    const query = `subscription ($id: ID!) { conversionUpdated(id: $id, afterSequence: 0) { sequence type status conversion { id owner { id email } } } }`
    const states: unknown[] = []
    for await (const { data } of socket.iterate<{
      conversionUpdated: { type: string; status: string; sequence: number; conversion: unknown }
    }>({ query, variables: { id } })) {
      const { type, conversion, ...state } = data!.conversionUpdated
      assert.deepEqual(conversion, { id, owner: { id: someone.id, email: someone.email } })
      if (type === 'STATE') states.push(state)
    }
    await socket.dispose()
    assert.deepEqual(states, [
      { sequence: 1, status: 'QUEUED' },
      { sequence: 2, status: 'RUNNING' },
      { sequence: 3, status: 'SUCCEEDED' },
    ])
  })

  it('resumes an upload where it broke off, and checks the declared hash', async () => {
    const someone = await user.signUpUser(origin)
    const bytes = await readFile(await makeSample(running.directory, 'mp4-aac'))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const input = { filename: 'talk.mp4', sizeBytes: bytes.length, sha256, idempotencyKey: newKey() }
    const { createUpload } = await someone.api.run(operations.CreateUploadDocument, { input })
    const url = createUpload.upload.url!
    assert.equal((await user.sendBytes(url, bytes.subarray(0, 1000))).status, 204)
    const offset = await user.receivedOffset(url)
    assert.equal(offset, 1000)
    assert.equal((await user.sendBytes(url, bytes.subarray(offset), offset)).status, 204)
    assert.equal((await user.checkedUpload(someone.api, createUpload.upload.id)).status, 'READY')
  })

  it('mails the owner of a verified address one link that opens the MP3 without signing in', async () => {
    const someone = await user.signUpUser(origin)
    const inbox = running.system.inbox!
    const token = await awaitVerificationToken(inbox, someone.email)
    const verified = await someone.api.run(operations.VerifyEmailDocument, { input: { token } })
    assert.equal(verified.verifyEmail.user.emailVerified, true)
    const { conversion } = await user.convertFile(someone, await makeSample(running.directory, 'mp4-aac'))
    const mail = await awaitMail(inbox, someone.email, /ready/i)
    const link = new RegExp(`${RegExp.escape(origin)}/downloads/[\\w.~-]+`).exec(mail.text ?? '')![0]
    const response = await fetch(link, { headers: { range: 'bytes=0-99' } })
    assert.equal(response.status, 206)
    assert.equal((await response.arrayBuffer()).byteLength, 100)
    assert.equal(response.headers.get('content-range'), `bytes 0-99/${conversion.mp3s[0]!.sizeBytes}`)
    assert.match(mail.html ?? '', /<html/i)
  })

  it('gives the same conversion for the same key, and refuses another input under it', async () => {
    const someone = await user.signUpUser(origin)
    const upload = await user.uploadFile(someone, await makeSample(running.directory, 'mp4-aac'))
    const input = { uploadId: upload.id, idempotencyKey: newKey(), output: { bitrateKbps: 128 } }
    const first = await someone.api.run(operations.StartConversionDocument, { input })
    const again = await someone.api.run(operations.StartConversionDocument, { input })
    assert.equal(again.startConversion.conversion.id, first.startConversion.conversion.id)
    const other = { ...input, output: { bitrateKbps: 320 } }
    assert.equal(
      await someone.api.refusal(operations.StartConversionDocument, { input: other }),
      'IDEMPOTENCY_KEY_REUSED',
    )
  })

  it('encodes VBR when asked, and lists conversions newest first', async () => {
    const someone = await user.signUpUser(origin)
    const path = await makeSample(running.directory, 'mkv-opus')
    const older = await user.convertFile(someone, path, { bitrateMode: 'VBR', vbrQuality: 2 })
    assert.equal(older.conversion.mp3s[0]!.bitrateMode, 'VBR')
    const newer = await user.convertFile(someone, path, { bitrateKbps: 32 })
    const { me } = await someone.api.run(operations.ConversionsDocument, { first: 1, status: ['SUCCEEDED'] })
    const { edges, pageInfo } = me!.conversions!
    assert.deepEqual(
      edges.map((edge) => edge.node.id),
      [newer.conversion.id],
    )
    assert.equal(pageInfo.hasNextPage, true)
  })
})
