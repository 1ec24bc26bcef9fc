import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { createGridFsBlobStore, type GridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { blobBytes } from '#runtime/blobs/testing/blob-bytes.ts'
import type { BlobWriting } from '#runtime/blobs/write-registered.ts'
import type { ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { proveWhileStoring, type Storing } from './prove-while-storing.ts'
import { storeMp3 } from './store-mp3.ts'

const { signal } = new AbortController()
const owner = { kind: 'conversion', conversionId: 'c', attempt: 1 } as const
const mp3 = Buffer.from('\xff\xfbaudio', 'latin1')
const tagOf = (durationMs: number) => Buffer.from(`ID3-${durationMs}`)
const proofOf = (durationMs: number) => ({ durationMs }) as ProvenMp3
const refusal = new Error('it was refused')

describe('an MP3 that is stored while it is being proven', () => {
  const owned = new AsyncDisposableStack()
  const { database } = owned.use(createTestDatabase())
  let blobs: GridFsBlobStore
  let path: string
  before(async () => {
    blobs = createGridFsBlobStore(database)
    await blobs.prepare()
    path = join(owned.use(await createTemporaryDirectory()).path, 'output.mp3')
    await writeFile(path, mp3)
  })
  after(() => owned.disposeAsync())

  /** Under ids of its own for each test. */
  function storeFor(test: string, given: Partial<BlobWriting> = {}): { storing: Storing; written: string[] } {
    const written: string[] = []
    const stores = { intents: { record: async () => undefined }, blobs, ...given }
    const store: Storing['store'] = (tag, either) => {
      const blobId = `${test}.${written.length + 1}`
      written.push(blobId)
      return storeMp3(stores, { path, tag, blobId, owner }, either)
    }
    return { storing: { tagOf, store }, written }
  }
  const described = (blobId: string, bytes: Buffer) => ({
    blobId,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })

  it('is stored once', async () => {
    const { storing: given, written } = storeFor('once')
    const candidate = { durationMs: 5, prove: async () => proofOf(5) }
    const { storing } = await proveWhileStoring(candidate, given, signal)
    const whole = Buffer.concat([tagOf(5), mp3])
    assert.deepEqual(await storing, described('once.1', whole))
    assert.deepEqual(written, ['once.1'])
    assert.deepEqual(await blobBytes(blobs, 'once.1'), whole)
  })

  it('is not stored where only the proof is wanted', async () => {
    const proof = proofOf(5)
    const proven = await proveWhileStoring({ durationMs: 5, prove: async () => proof }, null, signal)
    assert.deepEqual(proven, { proof, storing: null })
  })

  it('is stored again where the proof tells another length, so another tag', async () => {
    const { storing: given, written } = storeFor('again')
    const { storing } = await proveWhileStoring(
      { durationMs: 5, prove: async () => proofOf(6) },
      given,
      signal,
    )
    const whole = Buffer.concat([tagOf(6), mp3])
    assert.deepEqual(await storing, described('again.2', whole))
    assert.deepEqual(written, ['again.1', 'again.2'])
    assert.deepEqual(await blobBytes(blobs, 'again.2'), whole)
  })

  it('is no longer being stored when its refusal is told', async () => {
    const log: string[] = []
    const begun = Promise.withResolvers<void>()
    const allowed = Promise.withResolvers<void>()
    const write: BlobWriting['blobs']['write'] = async (_id, _source, told) => {
      told!.addEventListener('abort', () => log.push('the store is told'))
      begun.resolve()
      await allowed.promise
      log.push('the store has ended')
      throw told!.reason
    }
    const { storing: given } = storeFor('refused', { blobs: { write } })
    const prove = async () => {
      await begun.promise
      throw refusal
    }
    const told = assert
      .rejects(proveWhileStoring({ durationMs: 5, prove }, given, signal), refusal)
      .then(() => log.push('the refusal is told'))
    await begun.promise
    await nextTurn()
    assert.deepEqual(log, ['the store is told'])
    allowed.resolve()
    await told
    assert.deepEqual(log, ['the store is told', 'the store has ended', 'the refusal is told'])
  })

  it('leaves what a store was in the middle of taking to be deleted, and to come no more', async () => {
    const allBegun = Promise.withResolvers<void>()
    const write: BlobWriting['blobs']['write'] = (id, _source, told) =>
      blobs.write(id, endless(allBegun.resolve), told)
    const { storing: given } = storeFor('middle', { blobs: { write } })
    const prove = async () => {
      await allBegun.promise
      throw refusal
    }
    await assert.rejects(proveWhileStoring({ durationMs: 5, prove }, given, signal), refusal)
    assert.equal(await blobs.stat('middle.1'), null)
    assert.deepEqual([await blobs.delete('middle.1'), await blobs.delete('middle.1')], [true, false])
  })

  it('shows an error of the store to who awaits it, and does not take it for a refusal', async () => {
    const error = new Error('no database')
    const { storing: given } = storeFor('error', { intents: { record: () => Promise.reject(error) } })
    const proof = proofOf(5)
    const prove = async () => {
      await nextTurn()
      return proof
    }
    const proven = await proveWhileStoring({ durationMs: 5, prove }, given, signal)
    assert.equal(proven.proof, proof)
    await assert.rejects(proven.storing!, error)
  })
})

/** Megabytes, until it is no longer read. */
async function* endless(onBegun: () => void): AsyncGenerator<Uint8Array> {
  for (let count = 0; ; count++) {
    if (count === 3) onBegun()
    yield Buffer.alloc(1024 * 1024)
  }
}
