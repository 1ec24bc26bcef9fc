/** Operations that are none, or are odd ones, and bodies of requests that hold no operation. */
import { getIntrospectionQuery } from 'graphql'

const nested = (text: string, levels: number, end: string) => text.repeat(levels) + 'id' + end.repeat(levels)

export const oddDocuments: readonly string[] = [
  ...[
    '',
    ' ',
    '\ufeff{me{id}}',
    '{',
    '}',
    '{}',
    'query',
    'query {',
    '{me}',
    '{me{}}',
    '{id}',
    '#',
    '"""a"""',
    '\0',
  ],
  ...['query a { me { id } } query b { me { id } }', 'query a { me { id } } query a { me { id } }'],
  ...[
    '{ me { id } } { me { id } }',
    'type Query { a: Int }',
    'extend type User { a: Int }',
    'fragment a on User { id }',
  ],
  ...[
    '{ me { ...a } } fragment a on User { ...a }',
    '{ me { ...a } } fragment a on User { ...b } fragment b on User { ...a }',
  ],
  ...[
    '{ me { ...nothing } }',
    '{ me { ... on Upload { id } } }',
    '{ ... on Mutation { endAllSessions { ended } } }',
  ],
  ...[
    '{ me { id @skip } }',
    '{ me { id @skip(if: "a") } }',
    '{ me @include(if: $a) { id } }',
    '{ me { id @unknown } }',
  ],
  ...['{ me { ... @defer { id } } }', '{ me { sessions @stream { id } } }', 'query @live { me { id } }'],
  ...[
    '{ __schema { types { name } } }',
    '{ __type(name: "__proto__") { name } }',
    '{ __typename }',
    getIntrospectionQuery(),
  ],
  ...[
    '{ me { __typename ... { __typename ... on User { id } } } }',
    '{ a: __typename b: __typename }',
    '{ me { id id: email } }',
  ],
  ...[
    'mutation { __typename }',
    'subscription { __typename }',
    'subscription { a: __typename b: __typename }',
  ],
  ...['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }', '{ endedSessions }'],
  ...[
    'query ($a: User) { me { id } }',
    'query ($a: [ID!]! = null) { me { id } }',
    'query ($a: Nothing) { me { id } }',
  ],
  ...[
    'query ($a: ID!, $a: ID!) { upload(id: $a) { id } }',
    '{ upload(id: $a) { id } }',
    '{ upload(id: "a", id: "b") { id } }',
  ],
  ...[
    '{ upload { id } }',
    '{ upload(id: """\n""") { id } }',
    '{ upload(id: "\\u{110000}") { id } }',
    '{ upload(id: "\\ud800") { id } }',
  ],
  nested('{ me { conversions(first: 1) { edges { node { owner ', 4, ' } } } } }'),
  nested('{ a ', 400, ' }'),
  `{ me { ${Array.from({ length: 40 }, (_, index) => `a${index}: id`).join(' ')} } }`,
  `{ me { id ${'@skip(if: false) '.repeat(60)} } }`,
  `{ me { ${'id '.repeat(1_500)} } }`,
  `{ upload(id: ${'['.repeat(900)}${']'.repeat(900)}) { id } }`,
]

/** Deeper than a stack. */
const endless = '['.repeat(50_000) + ']'.repeat(50_000)

export const oddBodies: readonly string[] = [
  ...[
    '',
    '{',
    '[]',
    '{}',
    'null',
    '0',
    '"{me{id}}"',
    'true',
    '[{"query":"{me{id}}"}]',
    '{"query":"{me{id}}"}garbage',
  ],
  ...['{"query":["{me{id}}"]}', '{"query":{"a":1}}', '{"query":7}', '{"query":null}', '{"Query":"{me{id}}"}'],
  ...[
    '{"query":"{me{id}}","variables":"a"}',
    '{"query":"{me{id}}","variables":[]}',
    '{"query":"{me{id}}","variables":7}',
  ],
  ...['{"query":"{me{id}}","operationName":7}', '{"query":"{me{id}}","operationName":"__proto__"}'],
  ...[
    '{"query":"{me{id}}","operationName":""}',
    '{"query":"{me{id}}","extensions":7}',
    '{"query":"{me{id}}","extensions":[]}',
  ],
  '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"a"}}}',
  '{"query":"{me{id}}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"a"}}}',
  '{"query":"{me{id}}","extensions":{"assertion":"v3.router.1.a.b.c","authorization":"Bearer a","requestId":"a"}}',
  '{"query":"{me{id}}","__proto__":{"admin":true},"constructor":{"prototype":{"a":1}}}',
  '{"query":"query($a:ID!){upload(id:$a){id}}","variables":{"a":{"__proto__":"a"}}}',
  '{"query":"query($a:ID!){upload(id:$a){id}}","variables":{"a":1e999}}',
  '{"query":"query($a:ID!){upload(id:$a){id}}","variables":{"__proto__":{"a":"b"}}}',
  `{"query":"mutation($a:CreateUploadInput!){createUpload(input:$a){upload{id}}}","variables":{"a":{"filename":"a","sizeBytes":${endless},"idempotencyKey":"a"}}}`,
  `{"query":"{me{id}}","extensions":${endless},"operationName":${endless}}`,
]
