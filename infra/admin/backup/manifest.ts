/** What a backup says of itself (`manifest.json`): its collections in the order they were read, and how each can be checked. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod'
import { OperatorError } from '#infra/admin/operator-error.ts'

const collectionSchema = z.object({
  /** Becomes part of a file's name. */
  name: z.string().regex(/^[A-Za-z][\w.-]*$/),
  documents: z.int().nonnegative(),
  sizeBytes: z.int().nonnegative(),
  sha256: z.string(),
  /** Besides that of `_id`. */
  indexes: z.array(z.object({ key: z.record(z.string(), z.literal([1, -1])), unique: z.boolean() })),
})

const manifestSchema = z.object({
  format: z.literal('earshot-backup'),
  version: z.literal(1),
  /** By the clock of who took it: for people to tell backups apart. */
  takenAt: z.iso.datetime(),
  collections: z.array(collectionSchema),
  /** Conversions that were ordered while it was taken, and not finished: they are not in it. */
  conversionsLeftOut: z.int().nonnegative(),
  /** Files that a document names and the database lacked, or had a part of. */
  missingFiles: z.array(z.string()),
})

export type Manifest = z.infer<typeof manifestSchema>
export type BackedUpCollection = z.infer<typeof collectionSchema>

const fileName = 'manifest.json'

export const bsonPath = (folder: string, collection: string) => join(folder, `${collection}.bson`)

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = join(folder, fileName)
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx', mode: 0o600, flush: true })
}

/** @throws OperatorError where it is no whole backup of a kind that is known here. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, fileName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new OperatorError(`${folder} is no whole backup: it has no ${fileName}.`)
  })
  try {
    return manifestSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new OperatorError(`${join(folder, fileName)} is not that of a backup this version can restore.`, {
      cause,
    })
  }
}

/** @throws OperatorError for a file that is missing or is not the one that was written. */
export async function verifyFiles(folder: string, { collections }: Manifest): Promise<void> {
  for (const { name, sha256 } of collections) {
    const path = bsonPath(folder, name)
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      throw new OperatorError(`The backup is damaged: ${path} is missing. Nothing was restored.`)
    })
    if (hash.digest('hex') !== sha256)
      throw new OperatorError(
        `The backup is damaged: ${path} does not have the SHA-256 of its manifest. Nothing was restored.`,
      )
  }
}
