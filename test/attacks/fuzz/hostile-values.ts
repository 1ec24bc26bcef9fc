/** Values that a client might send where the schema wants another, or one that is no better for being of the right type. */
import fc from 'fast-check'
import { isEnumType, type GraphQLLeafType } from 'graphql'

/** What stands there is no value of JavaScript: it reaches the server as it is written. */
export const rawNumber = (text: string): object =>
  (JSON as JSON & { rawJSON(text: string): object }).rawJSON(text)

const numbers = [
  ...['0', '-0', '-1', '1', '0.1', '1.0', '1e2', '-1.5', '3.999999999999999999999'],
  ...['2147483647', '2147483648', '-2147483648', '-2147483649'],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993'],
  ...['1e999', '-1e999', '1e-400', '1e308', '5e-324', `1${'0'.repeat(400)}`, `0.${'1'.repeat(400)}`],
].map(rawNumber)

export const hostileTexts = [
  ...[
    '',
    ' ',
    '\n',
    '\t',
    '\0',
    'a\0b',
    '\r\nSet-Cookie: a=b',
    '\u001b[31m',
    '\u0085',
    '\u009b31m',
    '\u2028',
  ],
  ...[
    '\u202egpj.exe',
    '\u2066',
    '\ufeff',
    '\ud800',
    '\udc00',
    'a\ud800b',
    'e\u0301',
    '\u{1f9d1}\u200d\u{1f680}',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'true',
    'NaN',
    'Infinity',
  ],
  ...['$where', '$gt', '{"$gt":""}', '{"$where":"sleep(1000)"}', "' OR '1'='1", '"; DROP TABLE users; --'],
  ...['../../../../etc/passwd', '..\\..\\windows', '/dev/zero', 'file:///etc/passwd', 'http://127.0.0.1:1/'],
  ...[
    '%00',
    '%n%s%d',
    '${7*7}',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '$(id)',
    '`id`',
    '-i',
    '--help',
    '[error]',
  ],
  ...['0', '-1', '1e999', '00000000-0000-0000-0000-000000000000', '0'.repeat(32), 'eyJhbGciOiJub25lIn0.e30.'],
  ...[
    'a@b',
    'a@b.c',
    'a@[127.0.0.1]',
    '"a b"@example.com',
    'a@example.com\nBcc: b@example.com',
    '@',
    'xn--a',
  ],
  ...['a'.repeat(129), 'ä'.repeat(256), 'a'.repeat(2_001), 'a'.repeat(50_000), '\ud83d\ude00'.repeat(5_000)],
]

const deep = (levels: number, of: 'list' | 'object'): unknown =>
  Array.from({ length: levels }).reduce((inner) => (of === 'list' ? [inner] : { a: inner }), null)

const objects: readonly unknown[] = [
  ...[{}, [], [[]], [null], { $gt: '' }, { $ne: null }, { $where: 'sleep(1000)' }, { $regex: '(a+)+$' }],
  ...[{ toString: 'a' }, { length: -1 }, { constructor: { prototype: { a: 1 } } }],
  // A literal would set the prototype.
  JSON.parse('{"__proto__":{"admin":true}}'),
  ...[deep(60, 'list'), deep(60, 'object'), Array.from({ length: 3_000 }, () => 'a')],
]

/** Of any kind, whatever the schema wants. */
export const wildValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...objects),
  fc.constantFrom(null, true, false),
  fc.constantFrom(...numbers),
  fc.constantFrom(...hostileTexts),
  fc.jsonValue({ maxDepth: 3 }),
)

/** @param ids Of the right form, and for another thing, of another tenant, or of nothing. */
export function hostileValues(type: GraphQLLeafType, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (isEnumType(type))
    return fc.oneof(fc.constantFrom('LOST', 'SUCCEEDED', 'SIZE', '', '__proto__'), wildValues)
  if (type.name === 'Boolean') return wildValues
  const isNumber = ['Int', 'Float', 'SafeInt'].includes(type.name)
  if (isNumber)
    return fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...numbers) },
      {
        weight: 2,
        arbitrary: fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -10, max: 400 }), fc.double()),
      },
      wildValues,
    )
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
    wildValues,
  )
}
