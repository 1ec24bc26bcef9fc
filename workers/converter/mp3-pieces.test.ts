import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import { queuedConversion } from '#ledger/testing/sample-records.ts'
import { mp3Pieces } from './mp3-pieces.ts'

const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 192, splitByChapters: true })
const namesOf = (filename: string, titles: readonly (string | null)[], splitByChapters = true) => {
  const chapters = titles.map((title, index) => ({
    startMs: index * 1_000,
    endMs: (index + 1) * 1_000,
    title,
  }))
  const source = { ...queuedConversion.source, filename, chapters }
  return mp3Pieces({ source, output: { ...output, splitByChapters } }).map((piece) => piece.filename)
}

describe('the names of MP3s', () => {
  it('are the source’s, and of chapters tell their place and title', () => {
    assert.deepEqual(namesOf('talk.mkv', ['One', 'a/b: "c"', null]), [
      'talk - 1 One.mp3',
      'talk - 2 a_b_ _c_.mp3',
      'talk - 3 Chapter 3.mp3',
    ])
    assert.deepEqual(namesOf('talk.mkv', [], false), ['talk.mp3'])
  })

  it('are short enough for a file system, and hold no half of a character', () => {
    const long = [
      ...namesOf(`${'映'.repeat(250)}.mkv`, ['第'.repeat(80), '🎬'.repeat(100), '\ud83c']),
      ...namesOf(`${'🎬'.repeat(125)}.mkv`, [], false),
    ]
    for (const name of long) {
      assert.ok(Buffer.byteLength(name) <= 230, `${Buffer.byteLength(name)} bytes: ${name}`)
      assert.ok(name.isWellFormed() && name.endsWith('.mp3'), name)
    }
    assert.match(long[0]!, /^映+ - 1 第{40}\.mp3$/)
  })
})
