/** `earshot admin backup` and `earshot admin restore`: all that is stored, into a folder and back. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import * as z from 'zod'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { readSettings, setting } from '#runtime/process/settings.ts'
import { bytesText, oneLine, type Output } from '#infra/admin/terminal-text.ts'
import type { BackedUpCollection } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { takeBackup } from './take-backup.ts'

const settingsSchema = z.object({ MONGODB_URL: setting.mongodbUrl })

export function addBackupCommands(program: Command, env: NodeJS.ProcessEnv, output: Output): void {
  const tell = ({ name, documents, sizeBytes }: BackedUpCollection) => {
    output.write(`${name.padEnd(14)} ${String(documents).padStart(9)} documents  ${bytesText(sizeBytes)}\n`)
  }
  program
    .command('backup')
    .description('copy all that is stored, while it is used, into a new folder')
    .argument('<folder>', 'where to; it must not exist')
    .action(async (folder: string) => {
      await using mongo = connectMongo(readSettings(settingsSchema, env).MONGODB_URL)
      const { database } = mongo
      const { conversionsLeftOut, missingFiles } = await takeBackup({
        database,
        folder: resolve(folder),
        tell,
      })
      if (conversionsLeftOut > 0)
        output.write(`${conversionsLeftOut} conversions were ordered meanwhile, and are left out.\n`)
      for (const id of missingFiles)
        output.write(`A document names the file ${oneLine(id)}, which the database does not have whole.\n`)
    })

  program
    .command('restore')
    .description('put a backup into an empty database; no service may be using it')
    .argument('<folder>', 'where the backup is')
    .option(
      '--send-owed-mails',
      'send what was owed when the backup was taken: only where nothing went on after it',
      false,
    )
    .action(async (folder: string, { sendOwedMails }: { sendOwedMails: boolean }) => {
      await using mongo = connectMongo(readSettings(settingsSchema, env).MONGODB_URL)
      const { database } = mongo
      const { takenAt } = await restoreBackup({ database, folder: resolve(folder), sendOwedMails, tell })
      output.write(`The backup of ${takenAt} is restored. Start the services now.\n`)
    })
}
