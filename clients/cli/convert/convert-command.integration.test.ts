import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { apiError } from '#cli/api/graphql-client.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { convertCommand } from './convert-command.ts'

const session = { accessToken: () => Promise.resolve('a token') }

/** What `--json` says of a file whose upload the API refuses with this code. */
async function failureOf(code: string) {
  await using directory = await createTemporaryDirectory()
  const path = join(directory.path, 'talk.mp4')
  await writeFile(path, 'some bytes')
  const [out, terminal] = [new PassThrough(), new PassThrough()]
  const run = () => Promise.reject(apiError({ message: 'No.', extensions: { code } }))
  const subscribe = () => assert.fail('nothing was started')
  const signal = new AbortController().signal
  const context = { out, terminal, run, subscribe, signal, command: 'earshot', session }
  const exitCode = await convertCommand([path], { json: true }, context)
  assert.equal(exitCode, 1)
  return (JSON.parse(String(out.read())) as { failure: object }).failure
}

/** What `--dry-run` says, in a folder that holds these files. */
async function planOf(
  options: { readonly splitByChapters?: boolean; readonly force?: boolean },
  taken: string[],
) {
  await using directory = await createTemporaryDirectory()
  const path = join(directory.path, 'talk.mp4')
  for (const name of ['talk.mp4', ...taken]) await writeFile(join(directory.path, name), 'some bytes')
  const [out, terminal] = [new PassThrough(), new PassThrough()]
  const unused = () => assert.fail('nothing is asked for')
  const { signal } = new AbortController()
  const context = { out, terminal, run: unused, subscribe: unused, signal, command: 'earshot', session }
  const output = `${directory.path}/`
  assert.equal(await convertCommand([path], { dryRun: true, output, ...options }, context), 0)
  return String(out.read()).replaceAll(directory.path, 'here')
}

describe('earshot convert --dry-run', () => {
  it('names the file that would be written, and what it would be if the name is taken', async () => {
    assert.equal(await planOf({}, []), 'here/talk.mp4 -> here/talk.mp3\n')
    const numbered = 'here/talk.mp4 -> here/talk.mp3 (or "here/talk 3.mp3": the name is taken)\n'
    assert.equal(await planOf({}, ['talk.mp3', 'talk 2.mp3']), numbered)
    assert.equal(await planOf({ force: true }, ['talk.mp3']), 'here/talk.mp4 -> here/talk.mp3\n')
    const split = 'here/talk.mp4 -> an MP3 for each chapter, in here\n'
    assert.equal(await planOf({ splitByChapters: true }, ['talk.mp3']), split)
  })
})

describe('earshot convert --json', () => {
  it('says by the catalogue whether trying again may help', async () => {
    const full = { code: 'STORAGE_FULL', message: 'No.', retryable: true }
    assert.deepEqual(await failureOf('STORAGE_FULL'), full)
    const tooLarge = { code: 'UPLOAD_TOO_LARGE', message: 'No.', retryable: false }
    assert.deepEqual(await failureOf('UPLOAD_TOO_LARGE'), tooLarge)
    const unknown = { code: 'toString', message: 'No.', retryable: false }
    assert.deepEqual(await failureOf('toString'), unknown)
  })
})
