/** The signed-in session: kept in a file that several clients share, renewed when its access token nears its end. */
import {
  RefreshSessionDocument,
  SignUpDocument,
  SignInDocument,
  SignOutDocument,
  type SessionFieldsFragment,
} from '#schema/generated/operations.ts'
import { CliError, oneLine } from '#cli/cli-error.ts'
import type { Credentials, CredentialsFile } from './credentials-file.ts'
import type { SendOperation } from '#cli/api/graphql-client.ts'

export interface Session {
  /** @throws CliError UNAUTHENTICATED when nobody is signed in, SESSION_ENDED when that is over. */
  accessToken(signal: AbortSignal): Promise<string>
  /** A token other than `refused`, which the server did not take although it had not ended yet. */
  renewedToken(refused: string, signal: AbortSignal): Promise<string>
  /** A token that has just been issued. */
  freshToken(signal: AbortSignal): Promise<string>
  signIn(email: string, password: string, signal: AbortSignal): Promise<User>
  signUp(email: string, password: string, signal: AbortSignal): Promise<User>
  /** The address that was signed in, or null. Whatever the server says, nothing stays here. */
  signOut(signal: AbortSignal): Promise<string | null>
  /** Forgets a session that the server has ended: the address that was signed in, or null. */
  forget(): Promise<string | null>
}

export type User = SessionFieldsFragment['user']

/** What the user is called where people read it. */
export const addressOf = ({ email }: Pick<User, 'email'>): string => oneLine(email ?? 'a guest')

/** Where the server asks for a step that this version cannot take. */
const furtherStep = () =>
  new CliError(
    'FURTHER_STEP_NEEDED',
    'This account needs a further step to sign in, which this version of the command line does not know: update it.',
  )

const renewBeforeMs = 60_000

/** @param command How this client is called, for hints that can be pasted. */
export function createSession(send: SendOperation, file: CredentialsFile, command: string): Session {
  const keep = async (session: SessionFieldsFragment | null): Promise<Credentials & { user: User }> => {
    if (session === null) throw furtherStep()
    const { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt, user } = session
    const credentials = {
      email: addressOf(user),
      accessToken,
      accessTokenExpiresAt,
      refreshToken,
      refreshTokenExpiresAt,
    }
    await file.write(credentials)
    return { ...credentials, user }
  }

  // Another client may refresh at the same time: for 10 s the server gives both the same successor.
  const refresh = async ({ refreshToken }: Credentials, signal: AbortSignal): Promise<Credentials> => {
    try {
      const { refreshSession } = await send(RefreshSessionDocument, { input: { refreshToken } }, { signal })
      return await keep(refreshSession.session)
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'SESSION_ENDED') throw error
      const now = await file.read()
      if (now !== null && now.refreshToken !== refreshToken) return now
      await file.remove()
      throw new CliError('SESSION_ENDED', `Your session has ended. Sign in again: ${command} sign-in`, {
        cause: error,
      })
    }
  }

  const stored = async (): Promise<Credentials> => {
    const credentials = await file.read()
    if (credentials !== null) return credentials
    throw new CliError(
      'UNAUTHENTICATED',
      `You are not signed in. Sign in: ${command} sign-in, or make an account: ${command} sign-up`,
    )
  }

  const take = async (): Promise<Credentials | null> => {
    const credentials = await file.read()
    await file.remove()
    return credentials
  }

  return {
    async accessToken(signal) {
      const credentials = await stored()
      const leftMs = Date.parse(credentials.accessTokenExpiresAt) - Date.now()
      return (leftMs > renewBeforeMs ? credentials : await refresh(credentials, signal)).accessToken
    },
    async renewedToken(refused, signal) {
      const credentials = await stored()
      return (credentials.accessToken === refused ? await refresh(credentials, signal) : credentials)
        .accessToken
    },
    freshToken: async (signal) => (await refresh(await stored(), signal)).accessToken,
    async signIn(email, password, signal) {
      const { signIn } = await send(SignInDocument, { input: { email, password } }, { signal })
      return (await keep(signIn.session)).user
    },
    async signUp(email, password, signal) {
      // Sent once only: after a lost reply the second would find the address taken by the first.
      const { signUp } = await send(
        SignUpDocument,
        { input: { email, password } },
        { signal, repeatable: false },
      )
      return (await keep(signUp.session)).user
    },
    async signOut(signal) {
      const credentials = await take()
      if (credentials === null) return null
      const { refreshToken, refreshTokenExpiresAt, email } = credentials
      await send(SignOutDocument, { input: { refreshToken } }, { signal }).catch((error: unknown) => {
        if (!(error instanceof CliError)) throw error
        const ends = `You are signed out here, but the server was not told: the session ends by itself on ${refreshTokenExpiresAt}.`
        throw new CliError(error.code, ends, { cause: error })
      })
      return email
    },
    forget: async () => (await take())?.email ?? null,
  }
}
