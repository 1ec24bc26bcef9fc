import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTurns, type Turns } from './turns.ts'

describe('turns', () => {
  const all = (turns: Turns<string>) => {
    const taken: string[] = []
    for (let next = turns.next(); next !== undefined; next = turns.next()) taken.push(next)
    return taken
  }

  it('come round to each owner: a thousand of one keep another waiting for one', () => {
    const turns = createTurns<string>()
    for (let number = 0; number < 1_000; number++) turns.add('flood', `f${number}`)
    turns.add('ada', 'a1')
    turns.add('ada', 'a2')
    turns.add('bob', 'b1')
    assert.deepEqual(all(turns).slice(0, 6), ['f0', 'a1', 'b1', 'f1', 'a2', 'f2'])
  })

  it('are taken in order, and once', () => {
    const turns = createTurns<string>()
    for (const id of ['1', '2', '1']) turns.add('ada', id)
    assert.deepEqual(all(turns), ['1', '2'])
    turns.add('ada', '1')
    assert.deepEqual(all(turns), ['1'])
  })

  it('are given up by the newest of who has most, where those are more than was said', () => {
    const turns = createTurns<string>()
    for (const id of ['1', '2', '3']) turns.add('ada', id)
    turns.add('bob', '4')
    assert.equal(turns.takeFromLongest(3), undefined)
    assert.equal(turns.takeFromLongest(2), '3')
    turns.remove('bob', '4')
    assert.deepEqual([turns.size, turns.countOf('ada'), turns.countOf('bob')], [2, 2, 0])
    assert.deepEqual(all(turns), ['1', '2'])
  })
})
