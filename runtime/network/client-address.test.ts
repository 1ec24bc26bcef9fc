import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { describe, it } from 'node:test'
import { createClientAddress, createProxyTrust } from './client-address.ts'

const request = (remoteAddress: string | undefined, forwardedFor?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwardedFor } }) as unknown as IncomingMessage

const behind = (...proxies: string[]) => createClientAddress(createProxyTrust(proxies))

describe("a client's address", () => {
  it('is that of its connection, whatever it says, where no proxy is trusted', () => {
    const addressOf = behind()
    assert.equal(addressOf(request('203.0.113.7', '198.51.100.1')), '203.0.113.7')
  })

  it('is what the last proxy that is not ours was seen from', () => {
    const addressOf = behind('10.0.0.0/8', 'fd00::/8')
    assert.equal(addressOf(request('10.1.2.3', '198.51.100.1, 203.0.113.7, 10.9.9.9')), '203.0.113.7')
    assert.equal(addressOf(request('fd00::1', '2001:db8::5')), '2001:db8::5')
    assert.equal(addressOf(request('203.0.113.9', '198.51.100.1')), '203.0.113.9')
  })

  it('is an address, whatever a proxy passes on', () => {
    const addressOf = behind('10.0.0.0/8')
    for (const told of ['unknown', '', ',', '1.2.3.4\n5.6.7.8', "'; drop"])
      assert.equal(addressOf(request('10.1.2.3', told)), '10.1.2.3')
  })

  it('is not known of a connection that was reset', () => {
    for (const addressOf of [behind(), behind('10.0.0.0/8')])
      assert.equal(addressOf(request(undefined, '203.0.113.7')), '')
  })

  it('is plain IPv4 where the socket shows it as IPv6', () => {
    assert.equal(behind()(request('::ffff:203.0.113.7')), '203.0.113.7')
    assert.equal(behind('127.0.0.1')(request('::ffff:127.0.0.1', '::ffff:1.2.3.4')), '1.2.3.4')
  })
})
