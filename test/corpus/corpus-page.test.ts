import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { allHardFiles } from '#test/corpus/hard/all-hard-files.ts'
import { expectedWords } from '#test/corpus/hard/test-hard-files.ts'
import { pagePath, tableOf, withTable } from './corpus-page.ts'

describe('the corpus’s page', () => {
  it('tells of every file that is made, what is expected of it, and nothing else', async () => {
    const rows = tableOf(await readFile(pagePath, 'utf8'))
    const files = Object.values(allHardFiles()).flat()
    const made = files.map(({ kind, name, expected }) => `${kind} | ${name} | ${expectedWords(expected)}`)
    const told = rows.map(({ kind, file, expected }) => `${kind} | ${file} | ${expected}`)
    assert.deepEqual(told.toSorted(), made.toSorted())
    assert.deepEqual(
      rows.filter(({ got }) => got === '' || got.startsWith('wrong')),
      [],
    )
  })

  it('is written by a run', () => {
    const page = 'Words\n\n| kind | file | expected | got |\n|-|-|-|-|\n| old | a | b | c |\n'
    const results = [
      { kind: 'b', file: 'two', expected: '2 s', got: '2.0 s' },
      { kind: 'a', file: 'one', expected: '1 s', got: 'wrong:\nno | MP3' },
    ]
    const written = withTable(page, results)
    assert.equal(
      written,
      'Words\n\n| kind | file | expected | got |\n|-|-|-|-|\n| a | one | 1 s | wrong: no MP3 |\n| b | two | 2 s | 2.0 s |\n',
    )
    assert.deepEqual(tableOf(written)[1], results[0])
  })
})
