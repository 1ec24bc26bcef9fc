/** Stores an MP3 while it is being proven: the store and the decoder wait for different things. */
import type { Candidate } from '#converter/attempts/attempt.ts'
import type { ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import type { StoredMp3 } from './store-mp3.ts'

export interface Storing {
  /** The ID3 tag of an MP3 of this length. */
  readonly tagOf: (durationMs: number) => Buffer
  /** Stores the MP3 behind the tag, each time under an id of its own. */
  readonly store: (tag: Buffer, signal: AbortSignal) => Promise<StoredMp3>
}

export interface ProvenWhileStored {
  readonly proof: ProvenMp3
  /** May still be under way, and fail; null where nothing was to be stored yet. */
  readonly storing: Promise<StoredMp3> | null
}

/**
 * @param given Null: only the proof is wanted.
 * @throws what the proof throws, once nothing is being stored any more. What was stored by then is left to the sweeps.
 */
export async function proveWhileStoring(
  candidate: Pick<Candidate, 'durationMs' | 'prove'>,
  given: Storing | null,
  signal: AbortSignal,
): Promise<ProvenWhileStored> {
  if (given === null) return { proof: await candidate.prove(), storing: null }
  const refused = new AbortController()
  const { tagOf, store } = given
  const tag = tagOf(candidate.durationMs)
  const storing = store(tag, AbortSignal.any([signal, refused.signal]))
  storing.catch(() => undefined) // shows to who awaits it
  const end = async () => {
    refused.abort()
    await Promise.allSettled([storing])
  }
  try {
    const proof = await candidate.prove()
    const provenTag = tagOf(proof.durationMs)
    if (provenTag.equals(tag)) return { proof, storing }
    await end()
    return { proof, storing: store(provenTag, signal) }
  } catch (error) {
    await end()
    throw error
  }
}
