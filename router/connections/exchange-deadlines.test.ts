import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { watchUpload } from './exchange-deadlines.ts'

const deadlines = { exchangeTimeoutMs: 1, uploadLeastBytes: 100, uploadLeastWithinMs: 1_000 }

function upload() {
  const state = { bytesRead: 0, destroyed: false, paused: false, waiting: 0, complete: false }
  const socket = {
    get bytesRead() {
      return state.bytesRead
    },
    get destroyed() {
      return state.destroyed
    },
    destroy: () => void (state.destroyed = true),
  }
  watchUpload(
    {
      socket,
      get complete() {
        return state.complete
      },
      get readableLength() {
        return state.waiting
      },
      isPaused: () => state.paused,
    },
    deadlines,
  )
  return state
}

describe('an upload that is watched', () => {
  it('is cut off when too little of it comes within the time', ({ mock: { timers } }) => {
    timers.enable({ apis: ['setInterval'] })
    const state = upload()
    state.bytesRead = 100
    timers.tick(1_000)
    assert.equal(state.destroyed, false)
    state.bytesRead = 199
    timers.tick(1_000)
    assert.equal(state.destroyed, true)
  })

  it('is not cut off while its bytes wait for us, nor once it has come', ({ mock: { timers } }) => {
    timers.enable({ apis: ['setInterval'] })
    const [waiting, paused, whole] = [upload(), upload(), upload()]
    waiting.waiting = 10
    paused.paused = true
    whole.complete = true
    timers.tick(5_000)
    for (const state of [waiting, paused, whole]) assert.equal(state.destroyed, false)
  })
})
