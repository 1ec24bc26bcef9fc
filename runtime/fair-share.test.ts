import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createFairShare } from './fair-share.ts'

describe('what is divided among clients', () => {
  it('is taken from whoever has the most of it, the oldest first, when it is used up', () => {
    const gone: string[] = []
    const share = createFairShare(10)
    const take = (name: string, amount: number, what: string) =>
      share.take(name, amount, () => void gone.push(what))
    take('much', 4, 'first of much')
    take('little', 1, 'first of little')
    take('much', 3, 'second of much')
    take('little', 2, 'second of little')
    assert.deepEqual(gone, [])
    take('new', 1, 'of new')
    assert.deepEqual(gone, ['first of much'])
    take('new', 4, 'too much of new')
    assert.deepEqual(gone, ['first of much', 'of new'])
  })

  it('is taken from whose groups together have the most, and there from whoever has the most', () => {
    const gone: string[] = []
    const share = createFairShare(10)
    const take = (name: string, amount: number) =>
      share.take(name, amount, () => void gone.push(`${amount} of ${name}`), name[0])
    take('honest', 3)
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) take(name, 1)
    take('a6', 2)
    assert.deepEqual(gone, [])
    take('h', 1)
    assert.deepEqual(gone, ['2 of a6'])
    take('b', 1)
    assert.deepEqual(gone, ['2 of a6'])
    take('a6', 1)
    assert.deepEqual(gone, ['2 of a6', '1 of a1'])
  })

  it('is free again once it is given back, and given back once', () => {
    const share = createFairShare(2)
    const giveWay = () => assert.fail('there was enough')
    const give = share.take('a', 2, giveWay)
    give()
    give()
    share.take('b', 1, giveWay)
    share.take('a', 1, giveWay)
  })
})
