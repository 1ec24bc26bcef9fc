/** Ports on this machine, as several clones choose them. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { identify } from './identity.ts'
import { openPortBook } from './ports.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

/** Away from what other tests and a running system use. */
const offset = 6_000

describe('a port book', () => {
  it('gives each of many clones that start at once a port of its own, where others have died', async () => {
    const folder = join(tmpdir(), `earshot-ports-${userInfo().uid}`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const dead = JSON.stringify({ ...identify(process.pid), startedAtTicks: '1' })
    for (let n = 0; n < 60; n++) await writeFile(join(folder, String(4130 + offset + n * 20)), dead)
    await using directory = await createTemporaryDirectory()
    await using opened = new AsyncDisposableStack()
    const books = await Promise.all(
      Array.from({ length: 16 }, (_, n) => openPortBook({ file: join(directory.path, `${n}.json`), offset })),
    )
    for (const book of books) opened.use(book)
    const names = ['one', 'another', 'a third']
    const ports = await Promise.all(books.flatMap((book) => names.map((name) => book.claim(name))))
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
