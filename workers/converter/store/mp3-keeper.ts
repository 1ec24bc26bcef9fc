/** Keeps an MP3 while it is still being proven: the store and the decoder wait for different things. */
import type { BlobOwner } from '#schema/documents/blob-document.ts'
import type { BlobWriting } from '#runtime/blobs/write-registered.ts'
import { storeMp3, type StoredMp3 } from './store-mp3.ts'

export interface Mp3ToKeep {
  /** Where each MP3 lies that may be the one. */
  readonly path: string
  /** Of the first one that is begun, the second, ...: from 1. No two share an id, so that none needs to wait for another. */
  readonly blobIdOf: (beginning: number) => string
  readonly owner: BlobOwner
}

/** Nothing is being written any more once it is disposed of. What was begun and not finished is left to the sweeps. */
export interface Mp3Keeper extends AsyncDisposable {
  /** Begins with what lies at the path now, behind this ID3 tag; gives up what was begun before. */
  begin(tag: Buffer): void
  /**
   * For the MP3 that was proven, which is the one begun last, if any was: once all of it is kept, behind this tag. Begins
   * again for another tag. Errors of the store show here alone.
   */
  finish(tag: Buffer): Promise<StoredMp3>
}

interface Writing {
  readonly tag: Buffer
  readonly kept: Promise<StoredMp3>
  readonly stop: AbortController
}

export function createMp3Keeper(
  stores: BlobWriting,
  { path, blobIdOf, owner }: Mp3ToKeep,
  signal: AbortSignal,
): Mp3Keeper {
  const writings: Writing[] = []

  const begin = (tag: Buffer): Writing => {
    writings.at(-1)?.stop.abort()
    const stop = new AbortController()
    const blobId = blobIdOf(writings.length + 1)
    const either = AbortSignal.any([signal, stop.signal])
    const kept = storeMp3(stores, { path, tag, blobId, owner }, either)
    kept.catch(() => undefined) // reported by `finish`
    const writing = { tag, kept, stop }
    writings.push(writing)
    return writing
  }
  return {
    begin: (tag) => void begin(tag),
    async finish(tag) {
      const last = writings.at(-1)
      return await (last?.tag.equals(tag) ? last : begin(tag)).kept
    },
    async [Symbol.asyncDispose]() {
      for (const { stop } of writings) stop.abort()
      await Promise.allSettled(writings.map(({ kept }) => kept))
    },
  }
}
