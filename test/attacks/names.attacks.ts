/** Names of files and chapters that would lead elsewhere, or write headers or pages: each comes back as a name. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import * as operations from '#schema/generated/operations.ts'
import { awaitMail, awaitVerificationToken } from '#test/harness/await-mail.ts'
import { newKey } from '#test/harness/api-client.ts'
import { followConversion, startConversion, uploadFile, type ApiUser } from '#test/harness/api-user.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { judgeLogs, signUpWatched, startAttackedSystem, type AttackedSystem } from './attacked-system.ts'
import { obeyed } from './hostile-text.ts'
import { rawRequest, sendRaw } from './raw-http.ts'
import { reportAlone } from './report-attack.ts'

let attacked: AttackedSystem
let user: ApiUser
let video: string
before(async () => {
  attacked = await startAttackedSystem()
  user = await signUpWatched(attacked)
  video = await makeSample(attacked.directory, 'mp4-aac')
  const token = await awaitVerificationToken(attacked.system.inbox!, user.email)
  await user.api.run(operations.VerifyEmailDocument, { input: { token } })
  attacked.secrets.add(token)
})
after(() => attacked[Symbol.asyncDispose]())

/** Each holds this, so that it would be found where no name belongs. */
const mark = 'zzname'
const names = [
  `../../../../tmp/${mark}.mp4`,
  `..\\..\\${mark}.mp4`,
  `/etc/${mark}`,
  `${mark}"; filename="evil.html`,
  `${mark}'; filename*=UTF-8''evil.html; x="`,
  `${mark}%0d%0aX-Injected: 1.mp4`,
  `${mark}\u2028X-Injected: 1\u2029.mp4`,
  `${mark}\u202E3pm.exe\u2066.mp4`,
  `<img src=x onerror=alert(1)>${mark}.mp4`,
  `${mark}\uD800.mp4`,
  `${mark}${'é音🎵'.repeat(50)}.mp4`,
]
const controlled = ['\r\nX-Injected: 1', '\n', '\0', '\u001B[2J', '\u0085', '\u009B2J', '\u007F'].map(
  (control) => `${mark}${control}.mp4`,
)

/** The head of the answer, as its bytes came. */
async function headOf(downloadUrl: string): Promise<string> {
  const { pathname: path } = new URL(downloadUrl)
  const answer = await sendRaw(attacked.origin, rawRequest(attacked.origin, { method: 'GET', path }))
  return answer.slice(0, answer.indexOf('\r\n\r\n'))
}

/** RFC 6266: one disposition, whose names are a token, quoted or encoded, and say nothing of folders. */
const disposition =
  /^content-disposition: inline; filename=(?:[\w.!#$&+^`|~%-]+|"(?:[^"\\/\p{Cc}]|\\["\\])*")(?:; filename\*=UTF-8''[\w.!#$&+^`|~%-]*)?$/imu

describe('a name', () => {
  it('is stored without the control characters that it holds', async () => {
    for (const filename of controlled) {
      const input = { filename, sizeBytes: 10, idempotencyKey: newKey() }
      const { upload } = (await user.api.run(operations.CreateUploadDocument, { input })).createUpload
      assert.match(upload.filename, /^[^\p{Cc}]+$/u)
      assert.ok(upload.filename.startsWith(`${mark}_`) && upload.filename.endsWith('.mp4'), upload.filename)
    }
  })

  it('writes no header, leads to no folder and is no page, in the answer to a download', async (t) => {
    const uploads = await Promise.all(names.map((filename) => uploadFile(user, video, { filename })))
    const conversions = await Promise.all(uploads.map(({ id }) => startConversion(user, id)))
    for (const { id, filename } of conversions) {
      const finished = (await followConversion(user.api, id)).at(-1)!
      assert.equal(finished.status, 'SUCCEEDED')
      const head = await headOf(finished.conversion.mp3s[0]!.downloadUrl)
      const of = `${JSON.stringify(filename)}: ${head}`
      assert.match(head, /^HTTP\/1\.1 200 OK\r\n/)
      assert.doesNotMatch(head, /^x-injected:/im, of)
      assert.doesNotMatch(head.replaceAll('\r\n', ''), obeyed, of)
      assert.match(head, disposition, of)
      assert.doesNotMatch(head, /filename[^\r\n]*(?:%2f|%5c|"\.\.)/i, of)
      assert.match(head, /^content-type: audio\/mpeg$/im)
      assert.match(head, /^content-security-policy: default-src 'none';.* sandbox$/im)
      assert.match(head, /^x-content-type-options: nosniff$/im)
    }
    await reportAlone(t, 'names that would lead elsewhere, or write headers or pages', names.length)
  })

  it('of a chapter is a name as well', async () => {
    const upload = await uploadFile(user, video)
    const list = [
      { startMs: 0, title: `../../${mark}"; filename="evil.html` },
      { startMs: 1_000, title: `${mark}\u2028X-Injected: 1` },
    ]
    const { id } = await startConversion(user, upload.id, {
      chapters: { from: 'GIVEN', list },
      splitByChapters: true,
    })
    const { conversion, status } = (await followConversion(user.api, id)).at(-1)!
    assert.deepEqual([status, conversion.mp3s.length], ['SUCCEEDED', 2])
    for (const { downloadUrl } of conversion.mp3s) {
      const head = await headOf(downloadUrl)
      assert.doesNotMatch(head, /^x-injected:/im)
      assert.match(head, disposition, head)
    }
  })

  it('is text in the mail about its MP3, and nothing a program obeys', async () => {
    for (const { subject, html } of await attacked.system.inbox!.mailsTo(user.email)) {
      assert.doesNotMatch(subject, obeyed)
      assert.doesNotMatch(html ?? '', /<img[^>]*onerror/i)
    }
    await awaitMail(attacked.system.inbox!, user.email, new RegExp(`${mark}.*evil`))
  })

  it('is nowhere on a disk', async () => {
    const files = await readdir(attacked.directory, { recursive: true })
    assert.ok(files.length > 0)
    assert.deepEqual(
      files.filter((file) => file.includes(mark)),
      [],
    )
    await assert.rejects(readFile(`/tmp/${mark}.mp4`), /ENOENT/)
  })
})

it('no name stands in a log', async () => {
  attacked.secrets.add(mark)
  await judgeLogs(attacked)
})
