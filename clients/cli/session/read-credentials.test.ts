import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Readable } from 'node:stream'
import type { CommandContext } from '#cli/command-context.ts'
import { readNewPassword, readPassword, readPasswordChange, readToken, tokenOf } from './read-credentials.ts'

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

/** A person at a terminal who types these lines, each as soon as it is asked for. */
function typing(...lines: readonly string[]) {
  const shown: string[] = []
  const rawWhenAsked: boolean[] = []
  let raw = false
  const left = [...lines]
  const keyboard = new Readable({ read() {} }) as Readable & { isTTY?: boolean; setRawMode?: unknown }
  keyboard.isTTY = true
  keyboard.setRawMode = (on: boolean) => void (raw = on)
  const write = (text: string) => {
    shown.push(text)
    if (!text.endsWith(': ')) return
    rawWhenAsked.push(raw)
    keyboard.push(`${left.shift()}\r`)
  }
  const context = {
    origin: 'https://earshot.test',
    keyboard,
    terminal: { write },
    signal: new AbortController().signal,
  } as unknown as CommandContext
  return { context, rawWhenAsked, shown: () => shown.join('') }
}

describe('what is typed', () => {
  it('is not shown where it is a password, and a new one is typed twice', async () => {
    const { context, rawWhenAsked, shown } = typing('the old one', 'the new one', 'the new one')
    const change = await readPasswordChange({}, context)
    assert.deepEqual(change, { currentPassword: 'the old one', newPassword: 'the new one' })
    assert.deepEqual(rawWhenAsked, [true, true, true])
    assert.doesNotMatch(shown(), /the (old|new) one/)
    await assert.rejects(readPasswordChange({}, typing('old', 'new', 'now').context), /not the same/)
    await assert.rejects(readNewPassword({}, typing('new', 'now').context), /not the same/)
    await assert.rejects(readPasswordChange({}, typing('').context), /empty/)
  })

  it("is a mail's link or the token in it, or nothing yet", async () => {
    const link = 'https://earshot.test/verify-email#token=a.b-c~d%2Be'
    assert.equal(await readToken({}, typing(link).context), 'a.b-c~d+e')
    assert.equal(await readToken({}, typing(' ').context), null)
    assert.equal(await readToken({ passwordStdin: true }, typing().context), null)
    assert.equal(tokenOf('a.b-c'), 'a.b-c')
    assert.equal(tokenOf('https://earshot.test/verify-email#token=%zz'), '%zz')
  })
})
