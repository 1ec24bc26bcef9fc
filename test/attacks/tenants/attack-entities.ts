/** `_entities` asked of the subgraphs directly, for each field of each entity: by nobody, a stranger, the owner, and another service. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { GraphQLObjectType } from 'graphql'
import { signAssertion } from '#runtime/tokens/assertion.ts'
import { askSubgraph, keysOf, type Subgraph, type SubgraphQuestion } from '#test/attacks/ask-subgraph.ts'
import { isWhole, reportAlone } from '#test/attacks/report-attack.ts'
import { fieldsOf } from '#test/attacks/schema/asked-fields.ts'
import { entitiesOf } from '#test/attacks/schema/entities.ts'
import { selectAll } from '#test/attacks/schema/operation-text.ts'
import { toldBy } from './compare-answers.ts'
import type { Identifier } from './identifiers.ts'
import type { Stage } from './stage.ts'

/** What the mailer reads of anybody. Of all else its key opens nothing. */
const forTheMailer = ['id', 'email', 'emailVerified', 'locale', 'createdAt']
/** What nobody else reads, not even whom it is about. */
const forTheMailerAlone = ['emailVerificationToken', 'passwordResetToken']

const subgraphs = ['auth', 'media'] as const
const entities = await Promise.all(
  subgraphs.map(async (subgraph) => ({ subgraph, types: await entitiesOf(subgraph) })),
)

export function attackEntities(stage: () => Stage): void {
  let sent = 0
  const ask = async (
    subgraph: Subgraph,
    { type, field }: AskedOf,
    id: Identifier['value'],
    proof: Pick<SubgraphQuestion, 'authorization' | 'proof'> = {},
  ): Promise<Answer> => {
    sent++
    const below = field.selection === '' ? '' : `{ ${field.selection} }`
    const query = `query ($all: [_Any!]!) { _entities(representations: $all) { ... on ${type.name} { ${field.name} ${below} } } }`
    const variables = { all: [{ __typename: type.name, id }] }
    const response = await askSubgraph(stage().running, subgraph, { query, variables, ...proof })
    return { status: response.status, ...((await response.json()) as object) }
  }
  const bearer = (tenant: 'victim' | 'attacker') => ({
    authorization: `Bearer ${stage()[tenant].user.api.token}`,
  })
  /** In the bounded suite, what names things of this type. */
  const idsOf = (type: GraphQLObjectType) => {
    const ids = stage().identifiers.filter(({ name }) => isWhole || name.includes(type.name.toLowerCase()))
    assert.ok(ids.length > 0, `the victim has a ${type.name}`)
    return ids
  }

  for (const { subgraph, types } of entities)
    for (const type of types)
      describe(`another tenant’s ${type.name} at ${subgraph} itself`, () => {
        const asked = fieldsOf(type).map(({ name, type: of }): AskedOf => ({
          type,
          field: { name, selection: selectAll(of) },
        }))

        it('is refused to whoever has no proof, or that of another service', async () => {
          const asMailer = (body: string) => {
            const subject = { caller: 'mailer', subgraph, body, userToken: '' }
            return signAssertion(subject, keysOf(stage().running, 'MAILER_AUTH_KEY'))
          }
          const opened: string[] = []
          for (const of of asked)
            for (const { value } of idsOf(type)) {
              const none = await ask(subgraph, of, value, { proof: () => null })
              assert.deepEqual([none.status, codeOf(none)], [401, 'UNAUTHENTICATED'])
              const mailer = await ask(subgraph, of, value, { proof: asMailer })
              if (codeOf(mailer) === undefined) opened.push(of.field.name)
            }
          const expected = subgraph === 'auth' ? [...forTheMailer, ...forTheMailerAlone] : []
          assert.deepEqual(new Set(opened), new Set(expected))
          // A token that is issued for a mail is noted with its user.
          await stage().changes()
        })

        it('tells a stranger, or nobody, nothing', async () => {
          const told: object[] = []
          for (const of of asked)
            for (const identifier of idsOf(type))
              for (const proof of [{}, bearer('attacker')]) {
                const about = async (id: Identifier['value']) => ({
                  sent: id,
                  answer: await ask(subgraph, of, id, proof),
                })
                const what = toldBy(
                  await about(identifier.value),
                  await about(identifier.unknown),
                  stage().secrets,
                )
                if (what !== undefined) told.push({ field: of.field.name, identifier: identifier.name, what })
              }
          assert.deepEqual(told, [])
          assert.deepEqual(await stage().changes(), [])
        })

        it('is answered to its owner, field by field', async () => {
          const refused: string[] = []
          for (const of of asked) {
            const answers = await Promise.all(
              idsOf(type).map(({ value }) => ask(subgraph, of, value, bearer('victim'))),
            )
            if (answers.every((answer) => codeOf(answer) !== undefined)) refused.push(of.field.name)
          }
          const expected = asked
            .map(({ field }) => field.name)
            .filter((name) => forTheMailerAlone.includes(name))
          assert.deepEqual(refused, expected)
        })
      })

  it('was asked of the subgraphs themselves often', async (t) => {
    await reportAlone(
      t,
      'each field of another tenant’s entities, at the subgraphs, by four kinds of proof',
      sent,
    )
  })
}

interface AskedOf {
  readonly type: GraphQLObjectType
  readonly field: { readonly name: string; readonly selection: string }
}

interface Answer {
  readonly status: number
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[]
}

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code
