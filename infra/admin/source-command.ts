/** `earshot admin source`: saves the source of a conversion to a file, for example one that kept killing workers. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import * as z from 'zod'
import { conversionRecordSchema } from '#schema/documents/conversion-document.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { readSettings, setting } from '#runtime/process/settings.ts'
import { OperatorError } from './operator-error.ts'
import { jsonText, type Output } from './terminal-text.ts'

const settingsSchema = z.object({ MONGODB_URL: setting.mongodbUrl })

export function addSourceCommand(program: Command, env: NodeJS.ProcessEnv, output: Output): void {
  program
    .command('source')
    .description("save a conversion's source to a new file; open it in a sandbox only, it may be hostile")
    // An id may begin with a dash.
    .allowUnknownOption()
    .helpOption('--help')
    .argument('<conversion>', "the conversion's id")
    .argument('<file>', 'where to; it must not exist')
    .action(async (id: string, file: string) => {
      const { MONGODB_URL } = readSettings(settingsSchema, env)
      await using mongo = connectMongo(MONGODB_URL)
      const { database } = mongo
      const found = await database.collection<{ _id: string }>('conversions').findOne({ _id: id })
      const record = found && conversionRecordSchema.parse(found)
      if (!record || record.status === 'DELETED') throw new OperatorError(`There is no conversion ${id}.`)
      const blobs = createGridFsBlobStore(database)
      const kept = await blobs.stat(record.source.blobId)
      if (kept === null) throw new OperatorError(`The source of ${id} is no longer kept.`)
      const bytes = blobs.read(record.source.blobId, { start: 0, end: kept.sizeBytes - 1 })
      await pipeline(bytes, createWriteStream(file, { flags: 'wx', mode: 0o600 })).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
          throw new OperatorError(`${file} exists.`)
        throw error
      })
      output.write(`${kept.sizeBytes} bytes of ${jsonText(record.source.filename)} in ${file}\n`)
    })
}
