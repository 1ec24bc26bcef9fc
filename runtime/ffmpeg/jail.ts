/** What a program in the sandbox may have access to, and what grants it that. */
import type { ResourceLimits } from './resource-limits.ts'

export interface Access {
  readonly read: readonly string[]
  /** Folders. */
  readonly write: readonly string[]
  readonly limits?: ResourceLimits
}

/** The words that confine the program named after them. */
export type Jail = (access: Access) => readonly string[]
