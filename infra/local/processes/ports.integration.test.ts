/** Ports on this machine, as several clones choose them. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openPortBook } from './ports.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

/** Away from what other tests and a running system use. */
const offset = 6_000

describe('a port book', () => {
  it('gives each of two clones that start at once a port of its own', async () => {
    await using directory = await createTemporaryDirectory()
    await using one = await openPortBook({ file: join(directory.path, 'one.json'), offset })
    await using two = await openPortBook({ file: join(directory.path, 'two.json'), offset })
    const names = ['router', 'auth', 'media']
    const ports = await Promise.all([one, two].flatMap((book) => names.map((name) => book.claim(name))))
    assert.equal(new Set(ports).size, ports.length)
  })

  it('gives the same name the same port, now and at the next start, whatever else was chosen beside it', async () => {
    await using directory = await createTemporaryDirectory()
    const file = join(directory.path, 'ports.json')
    const claimAll = async () => {
      await using book = await openPortBook({ file, offset })
      return await Promise.all(['router', 'media', 'extra', 'router'].map((name) => book.claim(name)))
    }
    const first = await claimAll()
    assert.equal(first[0], first[3])
    assert.deepEqual(await claimAll(), first)
  })

  it('passes over a port that browsers refuse', async () => {
    await using directory = await createTemporaryDirectory()
    const file = join(directory.path, 'ports.json')
    await using book = await openPortBook({ file, offset: 2_000 })
    const port = await book.claim('router', 4000)
    const refusal = await fetch(`http://127.0.0.1:${port}`).catch((error: Error) => error.cause)
    // 6000 would be "bad port".
    assert.match(String(refusal), /ECONNREFUSED/)
  })

  it('passes over a port that a stranger listens on, even one it had before', async () => {
    await using directory = await createTemporaryDirectory()
    const file = join(directory.path, 'ports.json')
    const moves: unknown[] = []
    const claim = async () => {
      const moved = (...move: unknown[]) => void moves.push(move)
      await using book = await openPortBook({ file, offset, moved })
      return await book.claim('router')
    }
    const before = await claim()
    moves.length = 0
    await using stranger = createServer()
    await once(stranger.listen(before, '127.0.0.1'), 'listening')
    const after = await claim()
    assert.notEqual(after, before)
    assert.equal((after - before) % 20, 0)
    assert.deepEqual(moves, [['router', before, after]])
  })
})
