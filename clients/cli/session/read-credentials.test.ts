import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Readable } from 'node:stream'
import type { CommandContext } from '#cli/command-context.ts'
import { readPassword } from './read-credentials.ts'

/** What is written to the terminal while a password is read for a server. */
async function warningsFor(origin: string): Promise<string> {
  let written = ''
  const context = {
    origin,
    keyboard: Readable.from(['secret\n']),
    terminal: { write: (text: string) => void (written += text) },
    signal: new AbortController().signal,
  } as unknown as CommandContext
  assert.equal(await readPassword({ passwordStdin: true }, context), 'secret')
  assert.doesNotMatch(written, /secret/)
  return written
}

describe('a password', () => {
  it('goes over http with a warning, unless to this machine itself', async () => {
    for (const origin of ['http://earshot.test', 'http://10.0.0.1:4000', 'http://127.0.0.1.evil.test'])
      assert.match(await warningsFor(origin), /Warning: .* is not https/)
    for (const origin of [
      'https://earshot.test',
      'http://127.0.0.1:4000',
      'http://localhost',
      'http://[::1]:4000',
    ])
      assert.equal(await warningsFor(origin), '')
  })
})
