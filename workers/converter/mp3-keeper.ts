/** Keeps an MP3 while it is still being proven: the store and the decoder wait for different things. */
import type { BlobOwner } from '#schema/documents/blob-document.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { keepMp3, type KeepMp3Dependencies, type KeptMp3 } from './keep-mp3.ts'

export interface Mp3KeeperDependencies extends KeepMp3Dependencies {
  readonly blobs: Pick<BlobStore, 'write' | 'delete'>
}

export interface Mp3ToKeep {
  /** Where each MP3 lies that may be the one. */
  readonly path: string
  readonly blobId: string
  readonly owner: BlobOwner
}

/** Nothing is being written any more once it is disposed of. What was begun and not finished is left to the sweeps. */
export interface Mp3Keeper extends AsyncDisposable {
  /** Begins with what lies at the path now, behind this ID3 tag; in place of all that was begun before. */
  begin(tag: Buffer): void
  /** For the MP3 that was proven: once all of it is kept, behind this tag. Errors of the store show here alone. */
  finish(tag: Buffer): Promise<KeptMp3>
}

interface Writing {
  readonly tag: Buffer
  readonly kept: Promise<KeptMp3>
  readonly stop: AbortController
}

export function createMp3Keeper(
  dependencies: Mp3KeeperDependencies,
  mp3: Mp3ToKeep,
  signal: AbortSignal,
): Mp3Keeper {
  let writing: Writing | null = null

  const begin = (tag: Buffer): Writing => {
    const before = writing
    const stop = new AbortController()
    const write = async () => {
      if (before !== null) {
        await end(before)
        await dependencies.blobs.delete(mp3.blobId)
      }
      return await keepMp3(dependencies, { ...mp3, tag }, AbortSignal.any([signal, stop.signal]))
    }
    const kept = write()
    kept.catch(() => undefined) // reported by `finish`
    return (writing = { tag, kept, stop })
  }
  return {
    begin: (tag) => void begin(tag),
    async finish(tag) {
      const { kept } = writing?.tag.equals(tag) ? writing : begin(tag)
      return await kept
    },
    async [Symbol.asyncDispose]() {
      if (writing !== null) await end(writing)
    },
  }
}

async function end({ kept, stop }: Writing): Promise<void> {
  stop.abort()
  await Promise.allSettled([kept])
}
