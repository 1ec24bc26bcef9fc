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

  it('is without the port that some proxies add to it, the client’s and that of a proxy of ours alike', () => {
    const addressOf = behind('10.0.0.0/8', 'fd00::/8')
    for (const [told, address] of [
      ['203.0.113.7:5678', '203.0.113.7'],
      ['[2001:db8::5]:443', '2001:db8::5'],
      ['[2001:db8::5]', '2001:db8::5'],
      ['[::ffff:203.0.113.7]:80', '203.0.113.7'],
      ['198.51.100.1, 203.0.113.7:5678, 10.9.9.9:443, [fd00::2]:80', '203.0.113.7'],
    ] as const)
      assert.equal(addressOf(request('10.1.2.3', told)), address, told)
  })

  it('is an address, whatever a proxy passes on', () => {
    const addressOf = behind('10.0.0.0/8')
    const nonsense = [
      'unknown',
      '',
      ',',
      '1.2.3.4\n5.6.7.8',
      "'; drop",
      '1.2.3.4:',
      '1.2.3.4:port',
      '1.2.3.4:5:6',
    ]
    for (const told of [...nonsense, '[::1', '::1]:80', '[]', '[]:80', ':80', '10.1', '0x7f.1'])
      assert.equal(addressOf(request('10.1.2.3', told)), '10.1.2.3', told)
  })

  it('is not what a client says beyond something that nobody can read', () => {
    const addressOf = behind('10.0.0.0/8')
    for (const unread of ['unknown', '10.0.0.9:x', '10.9', '', '_hidden', '999.1.1.1'])
      assert.equal(addressOf(request('10.1.2.3', `198.51.100.1, ${unread}, 10.9.9.9`)), '10.9.9.9', unread)
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
