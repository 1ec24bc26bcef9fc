/** How large an operation may be. Each default leaves our own clients, and introspection, several times what they need, and the longest page of conversions twice its cost. */

export const operationLimits = {
  /** Of the text, before anything else is done with it. */
  tokens: 2_000,
  /** Fields within fields; introspection has limits of its own. */
  depth: 12,
  /** Fields under another name, in the whole document. */
  aliases: 15,
  /** Fields of all operations' roots, fragments expanded. */
  rootFields: 5,
  /** In the whole document. */
  directives: 30,
  /** Definitions: what is validated grows with the square of their number. */
  fragments: 60,
  /** Fields and fragments, fragments expanded: what a planner has to look at. */
  fields: 600,
  /** By IBM's cost specification: what resolving all of it may take. */
  cost: 10_000,
  /** Of a subscription, which is paid for once and resolved for each event. */
  eventCost: 500,
  /** Fields of a root that check or set a password: each costs a tenth of a second on one core. */
  passwordOperations: 1,
} as const satisfies Record<string, number>

export type OperationLimit = keyof typeof operationLimits
export type OperationLimits = Readonly<Record<OperationLimit, number>>
