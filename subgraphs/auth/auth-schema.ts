/** The executable schema of the auth subgraph. */
import type { GraphQLSchema } from 'graphql'
import type { UserDocument } from '#schema/documents/user-document.ts'
import type { Resolvers } from '#schema/generated/auth-resolvers.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { buildSubgraph } from '#runtime/graphql/build-subgraph.ts'
import { dateTimeScalar } from '#runtime/graphql/scalars.ts'
import { requireIdentity } from '#runtime/graphql/request-identity.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import { accountRequestOf } from './account-request.ts'
import type { DeleteAccount } from '#auth/accounts/account-deletion.ts'
import type { AddressProofs } from '#auth/accounts/address-proofs.ts'
import type { Accounts } from '#auth/accounts/accounts.ts'
import type { Guests } from '#auth/accounts/guests.ts'
import type { PasswordChanges } from '#auth/accounts/password-changes.ts'
import type { UserStore } from '#auth/accounts/user-store.ts'
import type { VerificationTokens } from '#auth/keys/verification-tokens.ts'
import { clientName } from '#auth/sessions/client-name.ts'
import type { Session, Sessions } from '#auth/sessions/sessions.ts'

export interface AuthSchemaDependencies {
  readonly accounts: Accounts
  readonly guests: Guests
  readonly addressProofs: AddressProofs
  readonly deleteAccount: DeleteAccount
  readonly passwordChanges: PasswordChanges
  readonly sessions: Sessions
  readonly users: Pick<UserStore, 'read'>
  readonly verificationTokens: VerificationTokens
}

type AuthResolvers = Resolvers<SubgraphContext>

export const createAuthSchema = (
  dependencies: AuthSchemaDependencies,
  mostItems: number,
): Promise<GraphQLSchema> => buildSubgraph('auth', [createAuthResolvers(dependencies)], mostItems)

function createAuthResolvers({
  accounts,
  guests,
  addressProofs,
  deleteAccount,
  passwordChanges,
  sessions,
  users,
  verificationTokens,
}: AuthSchemaDependencies): AuthResolvers {
  const readUser = async (id: string) => {
    const user = await users.read(id)
    if (user === null) throw new DomainError('NOT_FOUND')
    return user
  }
  /** For mails, which guests are sent none of. */
  const accountForMailer = (user: UserDocument, caller: SubgraphContext['caller']) => {
    if (caller !== 'mailer' || user.guestUntil !== null) throw new DomainError('NOT_FOUND')
    return user
  }
  return {
    DateTime: dateTimeScalar,
    Query: {
      me: (_, _arguments, { identity }) => (identity ? users.read(identity.userId) : null),
      endedSessions: (_, _arguments, context) => {
        requireRouterItself(context)
        return sessions.listEnded()
      },
    },
    Mutation: {
      signUp: async (_, { input }, context) => {
        const guestId = context.identity?.isGuest ? context.identity.userId : null
        const account = await accounts.signUp(input, accountRequestOf(context), guestId)
        return await begun(account, sessions, context, guestId ? 'account made by a guest' : 'account made')
      },
      beginGuest: async (_, _arguments, context) => {
        requireRouterItself(context)
        return await begun(await guests.begin(accountRequestOf(context)), sessions, context, 'a guest came')
      },
      signIn: async (_, { input }, context) =>
        await begun(
          await accounts.authenticate(input.email, input.password, accountRequestOf(context)),
          sessions,
          context,
          'signed in',
        ),
      refreshSession: async (_, { input }, { userAgent }) => ({
        session: await sessions.refresh(input.refreshToken, clientName(userAgent)),
      }),
      signOut: async (_, { input }) => {
        await sessions.end(input.refreshToken)
        return { signedOut: true }
      },
      endSession: async (_, { input }, context) => {
        await sessions.endOne(requireIdentity(context).userId, input.sessionId)
        return { ended: true }
      },
      endAllSessions: async (_, _arguments, context) => {
        const { userId } = requireIdentity(context)
        await sessions.endAll(userId)
        context.log.info({ userId }, 'all sessions of a user ended by their wish')
        return { ended: true }
      },
      requestEmailVerification: async (_, _arguments, context) => {
        await addressProofs.request(requireIdentity(context).userId, accountRequestOf(context))
        return { requested: true }
      },
      requestPasswordReset: async (_, { input }, context) => {
        await passwordChanges.requestReset(input.email, accountRequestOf(context))
        return { requested: true }
      },
      resetPassword: async (_, { input }, context) => {
        const { token, newPassword } = input
        const user = await passwordChanges.reset(token, newPassword, accountRequestOf(context))
        context.log.info({ userId: user._id }, 'a password was reset; all sessions of its user ended')
        return { user }
      },
      deleteAccount: async (_, { input }, context) => {
        const request = accountRequestOf(context)
        return { deletedId: await deleteAccount(requireIdentity(context), input.password, request) }
      },
      changePassword: async (_, { input }, context) => {
        const identity = requireIdentity(context)
        const user = await passwordChanges.change(identity, input, accountRequestOf(context))
        context.log.info({ userId: user._id }, 'a password was changed; all other sessions of its user ended')
        return { user }
      },
      verifyEmail: async (_, { input }, context) => {
        const proof = { token: input.token, password: input.password ?? null, identity: context.identity }
        const user = await addressProofs.verify(proof, accountRequestOf(context))
        context.log.info({ userId: user._id }, 'address verified')
        return { user }
      },
    },
    User: {
      __resolveReference: async ({ id }, context) => {
        // The mailer may ask for anybody's address; clients see themselves only.
        if (context.caller !== 'mailer' && requireIdentity(context).userId !== id)
          throw new DomainError('NOT_FOUND')
        return await readUser(id)
      },
      id: (user) => user._id,
      sessions: async (user, _arguments, context) => {
        const identity = requireIdentity(context)
        if (identity.userId !== user._id) throw new DomainError('NOT_FOUND')
        const live = await sessions.list(user._id)
        return live.map(({ _id, createdAt, lastUsedAt, expiresAt, client }) => ({
          id: _id,
          current: _id === identity.sessionId,
          createdAt,
          lastUsedAt,
          expiresAt,
          client,
        }))
      },
      passwordResetToken: async (user, _arguments, { caller }) => {
        return await passwordChanges.issueReset(accountForMailer(user, caller))
      },
      emailVerificationToken: (user, _arguments, { caller }) =>
        verificationTokens.issue(accountForMailer(user, caller)),
    },
  }
}

/** For what the router asks for itself, never for a client's operation. */
function requireRouterItself({ caller, identity }: SubgraphContext): void {
  if (caller !== 'router' || identity) throw new DomainError('NOT_FOUND')
}

async function begun(user: Session['user'], sessions: Sessions, context: SubgraphContext, what: string) {
  const session = await sessions.start(user, clientName(context.userAgent))
  context.log.info({ userId: user._id, sessionId: session.id }, what)
  return { session }
}
