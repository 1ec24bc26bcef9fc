/** Each attack that we know of has a test, which is there under its name. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { attackRows } from '#test/attacks/rows.ts'

const root = join(import.meta.dirname, '..', '..')

/** Within quotes, as the names of tests stand in their files, and the attacks of those that are made of a list. */
const stands = (name: string, text: string) =>
  ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`))

describe('the attacks that we know of', () => {
  it('each have a test that is there', () => {
    assert.ok(attackRows.length > 0)
    const missing = attackRows.filter(({ file, test }) => {
      const path = join(root, file)
      return !existsSync(path) || !stands(test, readFileSync(path, 'utf8'))
    })
    assert.deepEqual(missing, [])
  })

  it('are each named once', () => {
    const attacks = attackRows.map(({ attack }) => attack)
    assert.equal(new Set(attacks).size, attacks.length)
  })
})
