import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createCredentialsFile, type Credentials } from './credentials-file.ts'

const credentials: Credentials = {
  email: 'me@example.com',
  accessToken: 'access',
  accessTokenExpiresAt: '2026-01-01T00:00:00.000Z',
  refreshToken: 'refresh',
  refreshTokenExpiresAt: '2026-02-01T00:00:00.000Z',
}

describe('credentials file', () => {
  let parent: string
  before(async () => void (parent = await mkdtemp(join(tmpdir(), 'credentials-'))))
  after(() => rm(parent, { recursive: true }))

  it('keeps what is written for its user alone, and leaves nothing else behind', async () => {
    const folder = join(parent, 'new', 'folder')
    const file = createCredentialsFile(folder, 'http://127.0.0.1:4000')
    assert.equal(await file.read(), null)
    await file.write({ ...credentials, accessToken: 'older' })
    await file.write(credentials)
    assert.deepEqual(await file.read(), credentials)
    const [name, ...others] = await readdir(folder)
    assert.deepEqual(others, [])
    assert.equal((await stat(join(folder, name!))).mode & 0o777, 0o600)
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    await file.remove()
    await file.remove()
    assert.equal(await file.read(), null)
  })

  it('keeps the credentials of each server apart', async () => {
    for (const [origin, other] of [
      ['http://127.0.0.1:4000', 'https://earshot.example'],
      // Told apart by signs alone.
      ['http://[2001:db8::1:2]', 'http://[2001:db8:1::2]'],
      ['http://earshot.test:4000', 'http://earshot.test_4000'],
    ] as const) {
      await createCredentialsFile(parent, origin).write(credentials)
      assert.equal(await createCredentialsFile(parent, other).read(), null, other)
    }
  })

  it('takes a damaged file for none', async () => {
    const folder = join(parent, 'damaged')
    const file = createCredentialsFile(folder, 'http://127.0.0.1:4000')
    await file.write(credentials)
    await writeFile(join(folder, (await readdir(folder))[0]!), '{"email":')
    assert.equal(await file.read(), null)
  })
})
