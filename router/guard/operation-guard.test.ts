import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { getIntrospectionQuery, Kind, parse } from 'graphql'
import * as z from 'zod'
import type { DomainError } from '#runtime/domain-error.ts'
import { readCostTable } from './cost-table.ts'
import { measureOperation } from './measure-operation.ts'
import { createOperationGuard } from './operation-guard.ts'
import { operationLimitsOf, operationSettings } from './operation-limits.ts'

const supergraph = readFileSync(new URL(import.meta.resolve('#schema/generated/supergraph.graphql')), 'utf8')
const costs = readCostTable(supergraph)
const operationLimits = operationLimitsOf(z.object(operationSettings).parse({}))
const judge = createOperationGuard(operationLimits, () => costs)
const measure = (query: string, variables = {}) =>
  measureOperation(parse(query), variables, costs, operationLimits.fields)
const refused = (error: DomainError | null) => error && [error.code, error.details.limit]

describe('the guard of operations', () => {
  it('lets every operation of our own clients pass, with room to spare', () => {
    const text = readFileSync(new URL(import.meta.resolve('#schema/operations/cli.graphql')), 'utf8')
    const { definitions } = parse(text, { noLocation: false })
    const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
    for (const operation of definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)) {
      const query = [operation, ...fragments].map(({ loc }) => text.slice(loc!.start, loc!.end)).join('\n')
      assert.equal(judge({ query, variables: { first: 100 } }), null)
    }
  })

  it('lets introspection pass, in full', () => {
    const query = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true })
    const charged: number[] = []
    assert.equal(
      judge({ query }, (cost) => (charged.push(cost), null)),
      null,
    )
    assert.ok(charged[0]! > 1_000, String(charged[0]))
  })

  it('leaves to others what is no operation', () => {
    for (const query of [undefined, 7, '', '{', 'query { me { id }', '{ me { id " } }', 'type T { f: Int }'])
      assert.equal(judge({ query }), null)
  })

  const nested = (levels: number): string =>
    levels === 0 ? 'id' : `id conversions(first: 100) { edges { node { owner { ${nested(levels - 1)} } } } }`
  const doubling = (levels: number) =>
    [
      '{ me { ...F0 } }',
      ...Array.from(
        { length: levels },
        (_, level) =>
          `fragment F${level} on User { a: conversions { edges { node { owner { ...F${level + 1} } } } } b: conversions { edges { node { owner { ...F${level + 1} } } } } }`,
      ),
      `fragment F${levels} on User { id }`,
    ].join(' ')
  for (const [what, query, limit] of [
    ['lists within lists', `{ me { ${nested(2)} } }`, 'cost'],
    ['six levels of them', `{ me { ${nested(6)} } }`, 'depth'],
    ['fragments that double at each level', doubling(8), 'aliases'],
    ['the same without aliases', doubling(7).replaceAll(/[ab]: /g, ''), 'fields'],
    ['thirteen levels of them', doubling(13).replaceAll(/[ab]: /g, ''), 'fields'],
    [
      'fragments that lead back to themselves',
      '{ me { ...A } } fragment A on User { ...B ...B } fragment B on User { ...A ...A }',
      'fields',
    ],
    [
      'a field under six thousand names',
      `{ ${Array.from({ length: 6_000 }, (_, n) => `a${n}: me { id }`).join(' ')} }`,
      'bytes',
    ],
    ['a text of blanks', `{ me { id } } ${' '.repeat(32 * 1_024)}`, 'bytes'],
    ['a field three thousand times', `{ ${'me{id} '.repeat(3_000)} }`, 'tokens'],
    [
      'a field under a hundred names',
      `{ ${Array.from({ length: 100 }, (_, n) => `a${n}: me { id }`).join(' ')} }`,
      'aliases',
    ],
    ['six root fields', '{ me { id } me { id } me { id } me { id } me { id } me { id } }', 'rootFields'],
    ['a hundred directives', `{ me ${'@include(if: true) '.repeat(100)} { id } }`, 'directives'],
    [
      'a hundred fragments, each within the next',
      `{ me { ...F0 } } ${Array.from({ length: 100 }, (_, n) => `fragment F${n} on User { id ...F${n + 1} }`).join(' ')}`,
      'fragments',
    ],
    [
      'the whole schema, five times over and the types of fields again',
      `{ ${'__schema { types { ...T } } '.repeat(5)} } fragment T on __Type { fields { name args { name type { name } } type { fields { name type { name } args { name type { name } } } } } }`,
      'cost',
    ],
    [
      'a subscription that lists all else at each event',
      `subscription { conversionUpdated(id: "c") { conversion { owner { conversions(first: 100) { edges { node { id mp3s { id encoding { path } } } } } } } } }`,
      'eventCost',
    ],
    [
      'many root fields by a fragment',
      `{ ...R ...R ...R } fragment R on Query { me { id } me { id } }`,
      'rootFields',
    ],
    [
      'two passwords',
      'mutation { a: signIn(input: { email: "a", password: "b" }) { session { accessToken } } b: signUp(input: { email: "a", password: "b" }) { session { accessToken } } }',
      'passwordOperations',
    ],
    [
      'an operation that is not the one that is named',
      `query A { me { id } } query B { me { ${nested(2)} } }`,
      'cost',
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      const error = judge({ query })
      assert.deepEqual(refused(error), ['OPERATION_LIMIT_EXCEEDED', limit])
      const { actual } = error!.details
      const allowed = operationLimits[limit]
      assert.equal(error!.details.allowed, allowed)
      assert.ok(actual === null || actual! > allowed)
    })
  }

  it('charges a number for whatever is asked, so that nobody is put off for ever', () => {
    const beyond: unknown = JSON.parse('1e999')
    for (const query of [
      '{ constructor { x } }',
      '{ me { __proto__ { toString { x } } } }',
      'query Q($n: Int) { me { conversions(first: 0) { edges { node { owner { conversions(first: $n) { edges { node { id } } } } } } } } }',
      '{ me { conversions(first: 1e999) { edges { node { id } } } } }',
    ]) {
      const charged: number[] = []
      judge({ query, variables: { n: beyond } }, (cost) => (charged.push(cost), null))
      assert.deepEqual(charged.map(Number.isFinite), [true], query)
    }
  })

  it('counts a list by its argument, its variable, the variable’s default and the argument’s default', () => {
    const of = (argument: string, declared = '', variables = {}) =>
      measure(`query Q${declared} { me { conversions${argument} { edges { node { id } } } } }`, variables)
        .cost
    const [one, two] = [of('(first: 1)'), of('(first: 2)')]
    const each = two - one
    assert.ok(each > 0)
    assert.equal(of('(first: 50)'), one + 49 * each)
    assert.equal(of('(first: $n)', '($n: Int)', { n: 50 }), one + 49 * each)
    assert.equal(of('(first: $n)', '($n: Int = 50)'), one + 49 * each)
    assert.equal(of(''), of('(first: 20)'))
  })

  it('counts each object of a list, also where nothing is selected of it but leaves', () => {
    const cursors = (first: number) =>
      measure(`{ me { conversions(first: ${first}) { edges { cursor } } } }`).cost
    assert.equal(cursors(100) - cursors(1), 99)
    const upload = (fields: string) => measure(`{ upload(id: "u") { media { ${fields} } } }`).cost
    assert.equal(upload('tags { key }') - upload('durationMs'), 20)
    const sessions = measure('{ me { sessions { id } } }').cost
    assert.equal(sessions - measure('{ me { id } }').cost, 10 + 50)
  })

  it('refuses a number that is infinite, wherever it stands', () => {
    for (const number of ['1e999', '-1e999', `1${'0'.repeat(400)}`, `-1${'0'.repeat(400)}.5`])
      for (const query of [`{ a(b: [{ c: ${number} }]) }`, `query ($a: Float = ${number}) { me { id } }`])
        assert.equal(judge({ query })?.code, 'BAD_USER_INPUT', query)
    for (const query of ['{ a(b: "1e999", c: 1e308, d: -1e-999) }', '{ me { id } } # 1e999'])
      assert.equal(judge({ query }), null)
  })

  it('counts a list that is longer than numbers are, and charges whoever asks for it a number', () => {
    const page = (size: string, inner = '') => `conversions(first: ${size}) { edges { cursor ${inner} } }`
    const nestedPages = (levels: number, size: string): string =>
      page(size, levels === 0 ? '' : `node { owner { ${nestedPages(levels - 1, size)} } }`)
    assert.equal(judge({ query: `{ me { ${page('1e308', 'node { id }')} } }` })?.details.limit, 'cost')
    for (const [query, variables] of [
      [`{ me { ${page('1e999')} } }`, {}],
      [`query ($n: Int!) { me { ${page('$n')} } }`, JSON.parse('{"n":1e999}')],
      [`{ me { ${nestedPages(40, '1e308')} } }`, {}],
      [`{ me { ${page('0', `node { owner { ${page('1e999')} } }`)} ${page('1e999')} } }`, {}],
    ] as const) {
      const charged: number[] = []
      judge({ query, variables }, (cost) => {
        charged.push(cost)
        return null
      })
      assert.ok(Number.isSafeInteger(measure(query, variables).cost), query)
      assert.ok(charged.length > 0 && charged.every(Number.isSafeInteger), query)
    }
  })

  it('knows a size for each list of the schema', () => {
    // Those that a connection's own size is of are named there.
    const sized = /@listSize|^ {2}edges:/
    const unsized = [...supergraph.matchAll(/^ {2}(\w+)(?:\([^)]*\))?: \[[^\n]*$/gm)]
      .filter(([line]) => !sized.test(line) && !/join__|Input/.test(line))
      .map(([, name]) => name)
    assert.deepEqual(unsized, [])
  })
})
