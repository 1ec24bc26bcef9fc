/** Changes a stored document: read it, decide, replace it where nobody changed it meanwhile, and begin anew where somebody did. */

/** What is to become of a document. To keep it as it is, because it shows the effect already, give back the very object that was read. */
export type Decision<T, R extends string> =
  | { readonly ok: true; readonly record: T }
  | { readonly ok: false; readonly refusal: R }

export type Changed<T, N extends T, R extends string> =
  | { readonly ok: true; readonly record: N }
  /** UNKNOWN where there is no document. */
  | { readonly ok: false; readonly refusal: R | 'UNKNOWN'; readonly record: T | null }

export const become = <T>(record: T) => ({ ok: true, record }) as const
export const refuse = <R extends string>(refusal: R) => ({ ok: false, refusal }) as const

export interface StoredDocument<T> {
  read(): Promise<T | null>
  /** Resolves to false where the stored document is no longer the one that was read. */
  replace(read: T, next: T): Promise<boolean>
}

/** Ends: each miss means that somebody else's change took effect, which the states of a document allow a few times. */
export async function changeDocument<T, N extends T, R extends string>(
  document: StoredDocument<T>,
  decide: (current: T) => Decision<N, R>,
): Promise<Changed<T, N, R>> {
  for (;;) {
    const current = await document.read()
    if (current === null) return { ok: false, refusal: 'UNKNOWN', record: null }
    const decision = decide(current)
    if (!decision.ok) return { ...decision, record: current }
    if (decision.record === current || (await document.replace(current, decision.record))) return decision
  }
}
