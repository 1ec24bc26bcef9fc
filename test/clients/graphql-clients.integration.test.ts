/** Clients that nobody here wrote, each with its defaults, against a whole router. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { generate } from '@graphql-codegen/cli'
import { Client, fetchExchange } from '@urql/core'
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'
import { auditServer } from 'graphql-http'
import { readFile } from 'node:fs/promises'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

let rig: RouterRig
let authorization: string
before(async () => {
  rig = await startRouterRig()
  authorization = await rig.tokens.bearer('ada')
})
after(() => rig[Symbol.asyncDispose]())

describe('urql', () => {
  it('asks by GET as it likes to, and changes things by POST', async () => {
    const methods: (string | undefined)[] = []
    const client = new Client({
      url: `${rig.origin}/graphql`,
      exchanges: [fetchExchange],
      fetchOptions: { headers: { authorization } },
      fetch: async (input, init) => {
        methods.push(init?.method)
        return await fetch(input, init)
      },
    })
    const query = 'query ($id: ID!) { conversion(id: $id) { id status } }'
    const asked = await client.query(query, { id: 'c1:ada' }).toPromise()
    assert.deepEqual(
      [asked.error, asked.data],
      [undefined, { conversion: { id: 'c1:ada', status: 'QUEUED' } }],
    )
    const cancel = 'mutation ($id: ID!) { cancelConversion(input: { id: $id }) { conversion { id } } }'
    assert.equal((await client.mutation(cancel, { id: 'c1:ada' }).toPromise()).error, undefined)
    assert.deepEqual(methods, ['GET', 'POST'])
    const refused = await client.query(query, { id: 'nobodys' }).toPromise()
    assert.equal(refused.error?.graphQLErrors[0]?.extensions['code'], 'NOT_FOUND')
  })
})

describe('the audits of GraphQL over HTTP', () => {
  it('find nothing wrong, and of what should be only that errors before execution answer 400 to old clients, too', async () => {
    const results = await auditServer({ url: `${rig.origin}/graphql` })
    assert.ok(results.length > 50)
    const failed = results.filter(({ status }) => status !== 'ok').map(({ id, status }) => `${status} ${id}`)
    assert.deepEqual(failed.toSorted(), ['warn 572B', 'warn 7B9B', 'warn FDE2'])
  })
})

const sorted = (schema: GraphQLSchema) => printSchema(lexicographicSortSchema(schema))

describe('code generators', () => {
  it('read the schema from the address, with all that introspection has', async () => {
    const query = getIntrospectionQuery({
      ...{ oneOf: true, specifiedByUrl: true, schemaDescription: true },
      ...{ inputValueDeprecation: true, directiveIsRepeatable: true },
    })
    const { body } = await rig.query(query)
    assert.equal(body.errors, undefined)
    const schema = buildClientSchema(body.data as unknown as IntrospectionQuery)
    const published = await readFile(new URL(import.meta.resolve('#schema/generated/api.graphql')), 'utf8')
    assert.equal(sorted(schema), sorted(buildSchema(published)))
    const mixed = await rig.query('{ a: __type(name: "TrimInput") { isOneOf } me { id } }', {
      headers: { authorization },
    })
    assert.deepEqual(mixed.body.data, { a: { isOneOf: false }, me: { id: 'ada' } })
  })

  it('type an operation of ours from the address', async () => {
    const files = (await generate(
      {
        schema: `${rig.origin}/graphql`,
        documents: 'query Mine($id: ID!) { conversion(id: $id) { id status createdAt } }',
        generates: {
          'mine.ts': { plugins: ['typescript-operations'], config: { scalars: { DateTime: 'string' } } },
        },
        silent: true,
      },
      false,
    )) as { content: string }[]
    assert.match(files[0]!.content, /createdAt: string/)
  })
})
