import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MongoServerError } from 'mongodb'
import { DiskFullError, isDiskFull } from './disk-space.ts'

describe('a full disk', () => {
  const noSpace = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })

  it('is known by what the system, the database or we ourselves say', () => {
    assert.ok(isDiskFull(noSpace))
    assert.ok(isDiskFull(Object.assign(new Error('quota'), { code: 'EDQUOT' })))
    assert.ok(isDiskFull(new MongoServerError({ message: 'available disk space', code: 14_031 })))
    assert.ok(isDiskFull(new DiskFullError('no room')))
  })

  it('is known behind what it caused', () => {
    assert.ok(
      isDiskFull(new Error('a job failed', { cause: new Error('a stream broke', { cause: noSpace }) })),
    )
  })

  it('is not taken for anything else', () => {
    for (const other of [undefined, 'ENOSPC', new Error('ENOSPC'), new MongoServerError({ code: 11_000 })])
      assert.equal(isDiskFull(other), false)
  })
})
