import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { apiError } from '#cli/api/graphql-client.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { convertCommand } from './convert-command.ts'

/** What `--json` says of a file whose upload the API refuses with this code. */
async function failureOf(code: string) {
  await using directory = await createTemporaryDirectory()
  const path = join(directory.path, 'talk.mp4')
  await writeFile(path, 'some bytes')
  const [out, terminal] = [new PassThrough(), new PassThrough()]
  const run = () => Promise.reject(apiError({ message: 'No.', extensions: { code } }))
  const subscribe = () => assert.fail('nothing was started')
  const signal = new AbortController().signal
  const context = { out, terminal, run, subscribe, signal, command: 'earshot' }
  const exitCode = await convertCommand([path], { json: true }, context)
  assert.equal(exitCode, 1)
  return (JSON.parse(String(out.read())) as { failure: object }).failure
}

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
