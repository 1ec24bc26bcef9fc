/** The secrets file of a local system. */
import assert from 'node:assert/strict'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { importJWK, SignJWT } from 'jose'
import { readSecrets } from './secrets.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

describe('the secrets of a local system', () => {
  it('are made once, and are for their owner alone', async () => {
    await using directory = await createTemporaryDirectory()
    const file = join(directory.path, 'secrets.json')
    const made = await readSecrets(file)
    assert.deepEqual(await readSecrets(file), made)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
  })

  it('are completed with what a new process needs, and otherwise kept', async () => {
    await using directory = await createTemporaryDirectory()
    const file = join(directory.path, 'secrets.json')
    const { settings, userPassword } = await readSecrets(file)
    const { LINK_KEYS: _, ...older } = settings
    await writeFile(file, JSON.stringify({ settings: older, userPassword }))
    const completed = await readSecrets(file)
    assert.deepEqual(completed, {
      settings: { ...older, LINK_KEYS: completed.settings['LINK_KEYS'] },
      userPassword,
    })
    assert.equal(Buffer.from(completed.settings['LINK_KEYS']!, 'base64url').length, 32)
    assert.deepEqual(await readSecrets(file), completed)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
  })

  it('hold 32 random bytes a key, and a key that signs', async () => {
    await using directory = await createTemporaryDirectory()
    const { settings } = await readSecrets(join(directory.path, 'secrets.json'))
    const { AUTH_SIGNING_KEYS: signingKeys, ...keys } = settings
    assert.equal(new Set(Object.values(keys)).size, 5)
    for (const key of Object.values(keys)) assert.equal(Buffer.from(key, 'base64url').length, 32)
    const [jwk] = JSON.parse(signingKeys ?? '[]')
    const token = new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid })
    assert.ok(await token.sign(await importJWK(jwk, 'EdDSA')))
  })
})
