import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { keyForPurpose, parseSigningKeys, publicKeySet, type SigningKey } from './signing-keys.ts'

function makeKey(kid: string): SigningKey {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { kty: 'OKP', crv: 'Ed25519', kid, d: d!, x: x! }
}

describe('the signing keys', () => {
  it('are taken in the order they are given', () => {
    const keys = [makeKey('new'), makeKey('old')]
    assert.deepEqual(parseSigningKeys(JSON.stringify(keys)), keys)
  })

  it('are published without their private half', () => {
    const key = makeKey('key')
    const published = { kty: 'OKP', crv: 'Ed25519', kid: 'key', x: key.x, alg: 'EdDSA', use: 'sig' }
    assert.deepEqual(publicKeySet([key]), { keys: [published] })
  })

  it('make keys for other purposes, the same each time, by which nobody finds their way back', () => {
    const key = makeKey('key')
    const [mail, other] = [keyForPurpose('verify-email', key), keyForPurpose('other', key)]
    assert.deepEqual(keyForPurpose('verify-email', key), mail)
    assert.equal(new Set([key.x, mail.x, other.x]).size, 3)
    assert.deepEqual(parseSigningKeys(JSON.stringify([mail])), [mail])
  })

  it('are refused when one could not sign, or could not be told from another', () => {
    const [key, other] = [makeKey('key'), makeKey('other')]
    const { d: _, ...halfAKey } = key
    const wrong = {
      'no JSON': '{',
      'no key': '[]',
      'a public key alone': JSON.stringify([halfAKey]),
      'another curve': JSON.stringify([{ ...key, crv: 'X25519' }]),
      'a private half cut short': JSON.stringify([{ ...key, d: key.d.slice(0, 20) }]),
      'halves of two keys': JSON.stringify([{ ...key, x: other.x }]),
      'one kid twice': JSON.stringify([key, { ...other, kid: 'key' }]),
    }
    for (const [what, text] of Object.entries(wrong)) assert.throws(() => parseSigningKeys(text), what)
  })
})
