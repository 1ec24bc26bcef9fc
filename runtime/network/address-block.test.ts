import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressBlock } from './address-block.ts'

describe('the block of an address', () => {
  it('is the address itself in IPv4, and its /24 as a network', () => {
    assert.equal(addressBlock('203.0.113.7'), '203.0.113.7/32')
    assert.equal(addressBlock('203.0.113.7', 'network'), '203.0.113.0/24')
  })

  it('is a /64 in IPv6, and a /48 as a network, however the address is written', () => {
    for (const address of ['2001:db8:1:2:3:4:5:6', '2001:0DB8:0001:0002::9', '2001:db8:1:2::1.2.3.4']) {
      assert.equal(addressBlock(address), '2001:db8:1:2::/64')
      assert.equal(addressBlock(address, 'network'), '2001:db8:1::/48')
    }
    assert.equal(addressBlock('2001:db8::1'), '2001:db8:0:0::/64')
    assert.equal(addressBlock('::1'), '0:0:0:0::/64')
  })

  it('is the address itself in IPv4, and a /48 in IPv6, as a site', () => {
    assert.equal(addressBlock('203.0.113.7', 'site'), '203.0.113.7/32')
    assert.equal(addressBlock('::ffff:203.0.113.7', 'site'), '203.0.113.7/32')
    assert.equal(addressBlock('2001:db8:1:2:3:4:5:6', 'site'), '2001:db8:1::/48')
  })

  it('is that of the IPv4 address where a socket for both families shows one, however it is written', () => {
    for (const address of ['::ffff:203.0.113.7', '::FFFF:cb00:7107', '0:0:0:0:0:ffff:203.0.113.7%eth0']) {
      assert.equal(addressBlock(address), '203.0.113.7/32')
      assert.equal(addressBlock(address, 'network'), '203.0.113.0/24')
    }
  })

  it('is one and the same for all that is no address', () => {
    for (const address of ['', 'unknown', '1.2.3', 'a:b']) assert.equal(addressBlock(address), 'unknown')
  })
})
