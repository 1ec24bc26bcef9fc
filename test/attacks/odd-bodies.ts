/** Bodies of requests that are no operation. */

export const me = '{ me { id } }'
export const escaped = (text: string) => JSON.stringify(text)

/** Each by its own fault. */
export const oddBodies: Readonly<Record<string, string | Buffer>> = {
  'nothing at all': '',
  'no JSON': '{"query":',
  'two documents': `{"query":${escaped(me)}}{"query":${escaped(me)}}`,
  null: 'null',
  'a number': '1',
  'a text': escaped(me),
  'a batch': `[{"query":${escaped(me)}},{"query":${escaped(me)}}]`,
  'an empty batch': '[]',
  'no query': '{}',
  'a query that is a number': '{"query":1}',
  'a query that is a list': `{"query":[${escaped(me)}]}`,
  'a query that is an object': '{"query":{"me":"id"}}',
  'an empty query': '{"query":""}',
  'a comment alone': '{"query":"# nothing"}',
  'a fragment alone': '{"query":"fragment a on User { id }"}',
  'variables that are a list': `{"query":${escaped(me)},"variables":[1]}`,
  'variables that are a text': `{"query":${escaped(me)},"variables":"{}"}`,
  'extensions that are a text': `{"query":${escaped(me)},"extensions":"{}"}`,
  'an operation that is not there': `{"query":${escaped(me)},"operationName":"Other"}`,
  'two operations without a name': `{"query":"query A { me { id } } query B { me { id } }"}`,
  'a persisted query': `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`,
  'a prototype': `{"query":${escaped(me)},"__proto__":{"admin":true}}`,
  'a constructor': `{"query":${escaped(me)},"constructor":{"prototype":{"admin":true}}}`,
  'a field of the subgraphs': '{"query":"{ _service { sdl } }"}',
  'entities of the subgraphs': '{"query":"{ _entities(representations: []) { __typename } }"}',
  'a field for our services': '{"query":"{ me { emailVerificationToken passwordResetToken } }"}',
  'an operator for an id':
    '{"query":"query ($id: ID!) { conversion(id: $id) { id } }","variables":{"id":{"$ne":null}}}',
  'an operator for a text':
    '{"query":"mutation ($input: SignInInput!) { signIn(input: $input) { session { id } } }","variables":{"input":{"email":{"$gt":""},"password":{"$gt":""}}}}',
  'a subscription': '{"query":"subscription { conversionUpdated(id: \\"a\\") { status } }"}',
  'braces within braces': `{"query":"${'{a'.repeat(30_000)}"}`,
  'bytes that are no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  'a body in UTF-16': Buffer.from(`{"query":${escaped(me)}}`, 'utf16le'),
  'more than a body may be': `{"query":${escaped(`# ${'a'.repeat(300_000)}\n${me}`)}}`,
}
