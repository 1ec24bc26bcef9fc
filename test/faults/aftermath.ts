/** What a scenario leaves for the oracle to judge. */
import type { Inbox } from '#infra/local/system/inbox.ts'
import type { ApiUser } from '#test/harness/api-user.ts'
import type { Place } from './leftovers.ts'
import type { Order } from './patient-client.ts'

export interface Strike {
  readonly at: Date
  /** Ids of the conversions that it interrupted. */
  readonly interrupted: readonly string[]
  /** How long it took until the system worked again, where the scenario waited for that. */
  readonly wellAfterMs: number | null
}

export interface Aftermath extends Place {
  readonly user: ApiUser
  readonly inbox: Pick<Inbox, 'mailsTo'>
  readonly orders: readonly (Order & { readonly name: string })[]
  readonly strikes: readonly Strike[]
}

export type ComplaintKind = 'lost' | 'doubled' | 'orphan'
export type Complain = (kind: ComplaintKind, text: string) => void

/**
 * What is not there by then never comes: a dead worker's job is back after some 35 s at most, and a mail or job that three faults in
 * a row have hit is tried again after 5 min.
 */
export const patienceMs = 420_000
/** After the wait the oracle looks at what is there, and complains about what is missing. */
export const tooLate = () => undefined
