import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { limitBodies, limitConnections } from './connection-limits.ts'

/** As much of a server as its limits listen to. */
function server() {
  const events = new EventEmitter()
  const http = { server: events, addHook: () => undefined } as unknown as FastifyInstance
  const gone: string[] = []
  const socketOf = (remoteAddress: string) =>
    Object.assign(new EventEmitter(), { remoteAddress, destroy: () => void gone.push(remoteAddress) })
  return {
    http,
    gone,
    connect: (address: string) => void events.emit('connection', socketOf(address)),
    post(address: string, bytes: number) {
      const request = {
        url: '/graphql',
        headers: { 'content-length': String(bytes) },
        socket: socketOf(address),
      }
      events.emit('request', request, new EventEmitter())
    },
  }
}

/** Each is a host of its own: a /64 of one /48. */
const hostsOfOneSite = Array.from({ length: 9 }, (_, n) => `2001:db8:1:${n}::1`)
const honest = '2001:db8:2::1'

describe('the limits of connections', () => {
  it('are no way for one IPv6 site to take the place of others by its many addresses', () => {
    const { http, gone, connect } = server()
    limitConnections(http, { most: 10, mostPerAddress: 4, isProxy: () => false, clientAddressOf: () => '' })
    for (const address of [honest, honest, honest, ...hostsOfOneSite]) connect(address)
    assert.deepEqual(gone, hostsOfOneSite.slice(0, 2))
  })

  it('are no way either by bodies', () => {
    const { http, gone, post } = server()
    const clientAddressOf = ({ socket }: { socket: { remoteAddress?: string | undefined } }) =>
      socket.remoteAddress ?? ''
    limitBodies(http, { mostBodyBytes: 1_000, clientAddressOf })
    for (const address of [honest, honest, honest, ...hostsOfOneSite]) post(address, 100)
    assert.deepEqual(gone, hostsOfOneSite.slice(0, 2))
  })
})
