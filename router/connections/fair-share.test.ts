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
