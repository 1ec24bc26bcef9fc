import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import { describe, it } from 'node:test'
import { setExchangeDeadlines, watchUpload } from './exchange-deadlines.ts'

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

function exchange() {
  const socket = { destroyed: false, destroy: () => void (socket.destroyed = true) }
  const request = Object.assign(new EventEmitter(), { url: '/graphql', complete: false, socket })
  const response = Object.assign(new EventEmitter(), { writableEnded: false, closed: false })
  const server = new EventEmitter()
  setExchangeDeadlines(server as Server, { ...deadlines, exchangeTimeoutMs: 1_000 })
  server.emit('request', request, response)
  return { request, response, socket }
}

describe('an exchange', () => {
  it('is cut off when its request does not come in time', ({ mock: { timers } }) => {
    timers.enable({ apis: ['setInterval'] })
    const { socket } = exchange()
    timers.tick(1_000)
    assert.equal(socket.destroyed, true)
  })

  it('is not cut off while we work on its answer, but when that is not taken in time', ({
    mock: { timers },
  }) => {
    timers.enable({ apis: ['setInterval'] })
    const { request, response, socket } = exchange()
    request.complete = true
    timers.tick(10_000)
    response.writableEnded = true
    timers.tick(1_000)
    assert.equal(socket.destroyed, false)
    timers.tick(1_000)
    assert.equal(socket.destroyed, true)
  })

  it('is not cut off once both its ends have come', ({ mock: { timers } }) => {
    timers.enable({ apis: ['setInterval'] })
    const { request, response, socket } = exchange()
    Object.assign(request, { complete: true })
    Object.assign(response, { writableEnded: true, closed: true })
    response.emit('close')
    timers.tick(10_000)
    assert.equal(socket.destroyed, false)
  })
})
