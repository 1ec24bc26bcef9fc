/** Stores an MP3 while it is being proven: the store and the decoder wait for different things. */
import type { Candidate } from '#converter/attempts/attempt.ts'
import type { ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import type { StoredMp3 } from './store-mp3.ts'

/** @param durationMs What the MP3's tag is to say. */
export type Store = (durationMs: number, signal: AbortSignal) => Promise<StoredMp3>

export interface ProvenWhileStored {
  readonly proof: ProvenMp3
  /** May still be under way, and fail; null where nothing was to be stored yet. */
  readonly storing: Promise<StoredMp3> | null
}

/**
 * @param store Null: only the proof is wanted.
 * @throws what the proof throws, once nothing is being stored any more. What was stored by then is left to the sweeps.
 */
export async function proveWhileStoring(
  candidate: Pick<Candidate, 'durationMs' | 'prove'>,
  store: Store | null,
  signal: AbortSignal,
): Promise<ProvenWhileStored> {
  if (store === null) return { proof: await candidate.prove(), storing: null }
  const refused = new AbortController()
  const storing = store(candidate.durationMs, AbortSignal.any([signal, refused.signal]))
  storing.catch(() => undefined) // shows to who awaits it
  const end = async () => {
    refused.abort()
    await Promise.allSettled([storing])
  }
  try {
    const proof = await candidate.prove()
    if (proof.durationMs === candidate.durationMs) return { proof, storing }
    // Another length, so another tag.
    await end()
    return { proof, storing: store(proof.durationMs, signal) }
  } catch (error) {
    await end()
    throw error
  }
}
