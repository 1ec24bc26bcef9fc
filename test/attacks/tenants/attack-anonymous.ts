/** Each root field without a token: at the router over HTTP, on a WebSocket, and at the subgraphs as the router would ask. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getNamedType, isLeafType } from 'graphql'
import { createApiClient } from '#test/harness/api-client.ts'
import { openRawSocket } from '#test/attacks/raw-socket.ts'
import { reportAlone } from '#test/attacks/report-attack.ts'
import { readApiSchema } from '#test/attacks/schema/api-schema.ts'
import { askedFields, type AskedField } from '#test/attacks/schema/asked-fields.ts'
import { operationFor } from '#test/attacks/schema/operation-text.ts'
import { validArguments } from '#test/attacks/schema/valid-input.ts'
import { listeningKinds } from '#infra/local/system/services.ts'
import type { Stage } from './stage.ts'

/** What anybody may ask, and what they are answered who have no secret to go with it. All else is for who has signed in. */
const openToAnybody: Readonly<Record<string, string | null>> = {
  me: null,
  signUp: null,
  requestPasswordReset: null,
  signOut: null,
  signIn: 'INVALID_CREDENTIALS',
  refreshSession: 'SESSION_ENDED',
  resetPassword: 'PASSWORD_RESET_TOKEN_INVALID',
  verifyEmail: 'VERIFICATION_TOKEN_INVALID',
}

const roots = askedFields(await readApiSchema()).filter(({ steps }) => steps.length === 1)

export function attackAnonymously(stage: () => Stage): void {
  /** A stranger's: of nobody who exists. */
  const operationOf = (field: AskedField) => {
    const world = (name: string, parent: string) =>
      parent === 'SignInInput' ? `${name}-of-nobody@example.com` : stage().world(name, parent)
    const selection = isLeafType(getNamedType(field.steps[0].type)) ? '' : '__typename'
    return operationFor(field, [validArguments(field.steps[0].args, '', world)], selection)
  }

  describe('without a token', () => {
    for (const field of roots) {
      const isOpen = Object.hasOwn(openToAnybody, field.name)
      it(`${field.name} is ${isOpen ? 'open to anybody, who learns nothing of others' : 'refused'}`, async () => {
        const { query, variables } = operationOf(field)
        const { errors, data } = await createApiClient(stage().running.system.publicUrl).ask(query, variables)
        const code = errors?.[0]?.extensions?.code ?? null
        if (field.operation === 'subscription') assert.equal(code, 'SUBSCRIPTION_TRANSPORT_REQUIRED')
        else assert.equal(code, isOpen ? openToAnybody[field.name] : 'UNAUTHENTICATED')
        for (const secret of stage().secrets) assert.ok(!JSON.stringify(data ?? null).includes(secret))
        assert.deepEqual(await stage().changes(), [])
      })
    }

    it('a WebSocket is closed before anything is asked on it', async () => {
      for (const field of roots) {
        using socket = await openRawSocket(stage().running.system.publicUrl)
        socket.send({ type: 'connection_init' })
        socket.send({ type: 'subscribe', id: '1', payload: operationOf(field) })
        assert.equal(await socket.next(), null, field.name)
        assert.match(String(await socket.closed), /^44/, field.name)
      }
    })

    it('each name of that list is a field', () => {
      const names = roots.map(({ name }) => name)
      assert.deepEqual(
        Object.keys(openToAnybody).filter((name) => !names.includes(name)),
        [],
      )
    })
  })

  describe('what services ask each other', () => {
    it('is no part of what clients may ask', async () => {
      const api = createApiClient(stage().running.system.publicUrl, stage().attacker.user.api.token)
      for (const query of [
        '{ endedSessions }',
        '{ _service { sdl } }',
        `{ _entities(representations: [{ __typename: "User", id: "${stage().victim.user.id}" }]) { ... on User { email } } }`,
        `{ node(id: "${stage().victim.user.id}") { id } }`,
        '{ me { emailVerificationToken } }',
        '{ me { passwordResetToken } }',
      ])
        assert.equal((await api.ask(query)).errors?.[0]?.extensions?.code, 'GRAPHQL_VALIDATION_FAILED', query)
    })

    it('is healthy, or not, behind a port of its own, where nobody’s things are named', async (t) => {
      const { system } = stage().running
      const paths = [
        '/metrics',
        '/health',
        '/health/live',
        '/health/ready',
        '/downloads/../metrics',
        '//metrics',
      ]
      for (const kind of listeningKinds)
        for (const path of paths)
          assert.equal(
            (await fetch(`${system.deployment.origins[kind]}${path}`)).status,
            404,
            `${kind} ${path}`,
          )
      const alive = [...system.services.values()].filter(({ pid }) => pid !== undefined)
      for (const { name, healthOrigin } of alive)
        for (const path of ['/metrics', '/health/ready']) {
          const text = await (await fetch(`${healthOrigin}${path}`)).text()
          assert.ok(text.length > 0)
          for (const secret of stage().secrets) assert.ok(!text.includes(secret), `${name} shows ${secret}`)
        }
      await reportAlone(
        t,
        'each root field without a token, and what services ask each other',
        2 * roots.length + 6 + 24,
      )
    })
  })
}
