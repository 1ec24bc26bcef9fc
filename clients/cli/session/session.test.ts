import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RefreshSessionDocument, type SessionFieldsFragment } from '#schema/generated/operations.ts'
import { CliError } from '#cli/cli-error.ts'
import type { Credentials, CredentialsFile } from './credentials-file.ts'
import type { SendOperation } from '#cli/api/graphql-client.ts'
import { createSession } from './session.ts'

const { signal } = new AbortController()
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

const credentials = (number: number, minutesLeft: number): Credentials => ({
  email: 'me@example.com',
  accessToken: `access-${number}`,
  accessTokenExpiresAt: inMinutes(minutesLeft),
  refreshToken: `refresh-${number}`,
  refreshTokenExpiresAt: inMinutes(60_000),
})

function createFile(initial: Credentials | null): CredentialsFile & { current: Credentials | null } {
  return {
    current: initial,
    async read() {
      return this.current
    },
    async write(next) {
      this.current = next
    },
    async remove() {
      this.current = null
    },
  }
}

/** A server that refreshes as told, and records with which tokens it was asked. */
function createServer(refresh: (token: string) => SessionFieldsFragment | CliError) {
  const asked: string[] = []
  const send = (async (document: unknown, { input }: { input: { refreshToken: string } }) => {
    if (document !== RefreshSessionDocument) return { signOut: { signedOut: true } }
    asked.push(input.refreshToken)
    const session = refresh(input.refreshToken)
    if (session instanceof CliError) throw session
    return { refreshSession: { session } }
  }) as unknown as SendOperation
  return { send, asked }
}

const successor = (number: number): SessionFieldsFragment => ({
  ...credentials(number, 10),
  user: { id: 'user-1', email: 'me@example.com', emailVerified: true },
})

const ended = new CliError('SESSION_ENDED', 'The refresh token was replaced.')

describe('session', () => {
  it('uses an access token for as long as it lives', async () => {
    const { send, asked } = createServer(() => assert.fail('refreshed'))
    assert.equal(
      await createSession(send, createFile(credentials(1, 5)), 'earshot').accessToken(signal),
      'access-1',
    )
    assert.deepEqual(asked, [])
  })

  it('renews one that nears its end, and keeps the new refresh token', async () => {
    const file = createFile(credentials(1, 0.5))
    const { send, asked } = createServer(() => successor(2))
    assert.equal(await createSession(send, file, 'earshot').accessToken(signal), 'access-2')
    assert.deepEqual(asked, ['refresh-1'])
    assert.equal(file.current?.refreshToken, 'refresh-2')
  })

  it('takes over what another client has renewed instead of renewing again', async () => {
    const { send } = createServer(() => assert.fail('refreshed'))
    const session = createSession(send, createFile(credentials(2, 5)), 'earshot')
    assert.equal(await session.renewedToken('access-1', signal), 'access-2')
  })

  it('takes over from another client whose renewal made its own come too late', async () => {
    const file = createFile(credentials(1, 0))
    const { send } = createServer(() => {
      file.current = credentials(2, 10)
      return ended
    })
    assert.equal(await createSession(send, file, 'earshot').accessToken(signal), 'access-2')
  })

  it('forgets a session that is over and says so', async () => {
    const file = createFile(credentials(1, 0))
    const { send } = createServer(() => ended)
    await assert.rejects(createSession(send, file, 'earshot').accessToken(signal), { code: 'SESSION_ENDED' })
    assert.equal(file.current, null)
  })

  it('says how to sign in when nobody is', async () => {
    const { send } = createServer(() => assert.fail('refreshed'))
    await assert.rejects(createSession(send, createFile(null), 'earshot').accessToken(signal), {
      code: 'UNAUTHENTICATED',
    })
  })

  it('forgets one that the server has ended without asking it', async () => {
    const file = createFile(credentials(1, 5))
    const asked: SendOperation = () => assert.fail('asked')
    assert.equal(await createSession(asked, file, 'earshot').forget(), 'me@example.com')
    assert.equal(file.current, null)
  })

  it('forgets the credentials at sign-out even when the server is away, and says so', async () => {
    const file = createFile(credentials(1, 5))
    const away: SendOperation = () => Promise.reject(new CliError('UNREACHABLE', 'away'))
    await assert.rejects(createSession(away, file, 'earshot').signOut(signal), { code: 'UNREACHABLE' })
    assert.equal(file.current, null)
  })
})
