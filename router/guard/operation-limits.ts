/**
 * How large an operation may be. Each default leaves our own clients, and introspection, several times what they need, and the
 * longest page of conversions twice its cost.
 */
import { setting } from '#runtime/process/settings.ts'

export const operationSettings = {
  /** Of the text, before anything else is done with it: it stays in the cache of plans, and with each subscription. */
  OPERATION_BYTES: setting.count.default(32 * 1_024),
  /** Of the text. */
  OPERATION_TOKENS: setting.count.default(2_000),
  /** Fields within fields; introspection has limits of its own. */
  OPERATION_DEPTH: setting.count.default(12),
  /** Fields under another name, in the whole document. */
  OPERATION_ALIASES: setting.count.default(15),
  /** Fields of all operations' roots, fragments expanded. */
  OPERATION_ROOT_FIELDS: setting.count.default(5),
  /** In the whole document. */
  OPERATION_DIRECTIVES: setting.count.default(30),
  /** Definitions: what is validated grows with the square of their number. */
  OPERATION_FRAGMENTS: setting.count.default(60),
  /** Fields and fragments, fragments expanded: what a planner has to look at. */
  OPERATION_FIELDS: setting.count.default(600),
  /** By IBM's cost specification: what resolving all of it may take. */
  OPERATION_COST: setting.count.default(10_000),
  /** Of a subscription, which is resolved for each event. */
  OPERATION_EVENT_COST: setting.count.default(500),
  /** Fields of a root that check or set a password: each costs a tenth of a second on one core. */
  OPERATION_PASSWORDS: setting.count.default(1),
} as const

/** By the names that a refusal has for them. */
const settingOf = {
  bytes: 'OPERATION_BYTES',
  tokens: 'OPERATION_TOKENS',
  depth: 'OPERATION_DEPTH',
  aliases: 'OPERATION_ALIASES',
  rootFields: 'OPERATION_ROOT_FIELDS',
  directives: 'OPERATION_DIRECTIVES',
  fragments: 'OPERATION_FRAGMENTS',
  fields: 'OPERATION_FIELDS',
  cost: 'OPERATION_COST',
  eventCost: 'OPERATION_EVENT_COST',
  passwordOperations: 'OPERATION_PASSWORDS',
} as const satisfies Record<string, keyof typeof operationSettings>

export type OperationLimit = keyof typeof settingOf
export type OperationLimits = Readonly<Record<OperationLimit, number>>

export function operationLimitsOf(
  settings: Readonly<Record<keyof typeof operationSettings, number>>,
): OperationLimits {
  const limits = Object.entries(settingOf).map(([limit, name]) => [limit, settings[name]])
  return Object.fromEntries(limits) as OperationLimits
}
