/** Judges an operation by its size before it is validated, planned or executed: all of these cost more than it does. */
import { Lexer, parse, Source, TokenKind, type Token } from 'graphql'
import { DomainError } from '#runtime/domain-error.ts'
import type { CostTable } from './cost-table.ts'
import { measureOperation } from './measure-operation.ts'
import type { OperationLimit, OperationLimits } from './operation-limits.ts'

export interface OperationToJudge {
  readonly query?: unknown
  readonly variables?: unknown
}

/**
 * @param charge Is told what the operation costs, also where it is refused; may put it off by an error of its own.
 * @returns the error that refuses it, OPERATION_LIMIT_EXCEEDED; null where it may be parsed and validated.
 */
export type JudgeOperation = (
  operation: OperationToJudge,
  charge?: (cost: number) => DomainError | null,
) => DomainError | null

/** To take an operation at all: parsing, validating, planning, and the way to a subgraph. */
const baseCost = 20

/** What the text alone tells comes first; then the fields, as of the others only a part was seen where their count stopped. */
const order = [
  'aliases',
  'directives',
  'fragments',
  'fields',
  'rootFields',
  'passwordOperations',
  'depth',
  'cost',
  'eventCost',
] as const

/** @param costs Of the schema that is in force. */
export function createOperationGuard(limits: OperationLimits, costs: () => CostTable): JudgeOperation {
  return ({ query, variables }, charge = () => null) => {
    if (typeof query !== 'string') return charge(baseCost)
    const parsed = parseWithin(query, limits)
    if (parsed instanceof DomainError || parsed === null) return charge(baseCost) ?? parsed
    const given = typeof variables === 'object' && variables !== null ? { ...variables } : {}
    const measures = measureOperation(parsed, given, costs(), limits.fields)
    // What is no number is not within a limit either.
    const exceeded = order.find((limit) => !(measures[limit] <= limits[limit]))
    if (exceeded === undefined) return charge(baseCost + measures.cost)
    const putOff = charge(baseCost)
    if (putOff) return putOff
    return refusal(exceeded, limits[exceeded], exceeded === 'fields' ? null : measures[exceeded])
  }
}

/** Null for a text with a syntax error, which Apollo Server tells. */
function parseWithin(query: string, { bytes: maxBytes, tokens: maxTokens }: OperationLimits) {
  const bytes = Buffer.byteLength(query)
  if (bytes > maxBytes) return refusal('bytes', maxBytes, bytes)
  try {
    const lexer = new Lexer(new Source(query))
    for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens++) {
      if (tokens === maxTokens) return refusal('tokens', maxTokens, null)
      if (isInfinite(lexer.token)) return new DomainError('BAD_USER_INPUT', infinite)
    }
    return parse(query, { noLocation: true })
  } catch {
    return null
  }
}

/** GraphQL's own Float takes 1e999 as a literal, and a query planner stumbles over it. */
const isInfinite = ({ kind, value }: Token) =>
  (kind === TokenKind.INT || kind === TokenKind.FLOAT) && !Number.isFinite(Number(value))
const infinite = 'A number in the operation is larger than numbers are.'

const words: Readonly<Record<OperationLimit, string>> = {
  bytes: 'bytes of text',
  tokens: 'tokens',
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  fields: 'fields, with its fragments expanded',
  fragments: 'fragments',
  cost: 'as its cost',
  eventCost: 'as the cost of each event',
  passwordOperations: 'fields that check a password',
}

/** @param actual Null where counting stopped at the limit. */
function refusal(limit: OperationLimit, allowed: number, actual: number | null): DomainError {
  const has = actual === null ? `more than ${allowed}` : String(actual)
  const message = `The operation has ${has} ${words[limit]}; ${allowed} are allowed. Ask for less at once.`
  return new DomainError('OPERATION_LIMIT_EXCEEDED', message, { details: { limit, allowed, actual } })
}
