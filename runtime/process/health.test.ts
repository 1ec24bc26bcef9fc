import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createHealth } from './health.ts'

describe('the health of a process', () => {
  it('is starting until it has started, whatever it depends on', async () => {
    const health = createHealth()
    health.require('database', () => false)
    assert.deepEqual(await health.report(), { status: 'starting', waitingFor: ['database'] })
  })

  it('is ready when all it depends on is there', async () => {
    const health = createHealth()
    health.require('database', async () => true)
    health.started()
    assert.deepEqual(await health.report(), { status: 'ready', waitingFor: [] })
  })

  it('names what is away, whether its check says no or fails, and is ready again when it is back', async () => {
    const health = createHealth()
    let away = true
    health.require('database', async () => {
      if (away) throw new Error('no answer')
      return true
    })
    health.require('broker', () => !away)
    health.require('disk', () => true)
    health.started()
    assert.deepEqual(await health.report(), { status: 'waiting', waitingFor: ['database', 'broker'] })
    away = false
    assert.deepEqual(await health.report(), { status: 'ready', waitingFor: [] })
  })

  it('takes a check that throws at once for one that fails', async () => {
    const health = createHealth()
    health.require('database', () => {
      throw new Error('not connected')
    })
    health.started()
    assert.equal((await health.report()).status, 'waiting')
  })

  it('never is ready again once it stops', async () => {
    const health = createHealth()
    health.stopping()
    health.started()
    assert.equal((await health.report()).status, 'stopping')
  })
})
