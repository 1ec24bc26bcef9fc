/** What one field of a schema costs, as the guard counts it. */

export interface ListSize {
  /** How many items are assumed where no argument says it. */
  readonly assumedSize: number
  /** Arguments by which a client says how many items it wants. */
  readonly slicingArguments: readonly string[]
  /** Fields of the returned type that hold the items; empty: the field itself is the list. */
  readonly sizedFields: readonly string[]
}

export interface FieldCost {
  /** Of one resolution, however many things it gives. */
  readonly weight: number
  /** Of each thing that it gives, without what is selected below. */
  readonly itemWeight: number
  /** The type that is selected from below. */
  readonly type: string
  readonly listSize: ListSize | null
  /** What an argument is unless given. */
  readonly argumentDefaults: Readonly<Record<string, unknown>>
  /** Whether its input has a password. */
  readonly takesPassword: boolean
}
