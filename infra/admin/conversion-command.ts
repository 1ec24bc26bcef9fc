/** `earshot admin conversion`: the whole life of one. */
import type { Command } from 'commander'
import * as z from 'zod'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { readSettings, setting } from '#runtime/process/settings.ts'
import { lifeText } from './life-text.ts'
import { readLife } from './read-life.ts'
import { jsonText, type Output } from './terminal-text.ts'

const settingsSchema = z.object({ MONGODB_URL: setting.mongodbUrl })

interface Options {
  readonly json?: boolean
  readonly personal?: boolean
}

export function addConversionCommand(program: Command, env: NodeJS.ProcessEnv, output: Output): void {
  program
    .command('conversion')
    .description('the whole life of a conversion: its events, failure, lease, mails and files')
    .argument('<id>', "the conversion's id")
    .option('--personal', 'with the names of its files and the address of its owner')
    .option('--json', 'all of it as JSON')
    // An id may begin with a dash.
    .allowUnknownOption()
    .helpOption('--help')
    .action(async (id: string, { json, personal = false }: Options) => {
      const { MONGODB_URL } = readSettings(settingsSchema, env)
      await using mongo = connectMongo(MONGODB_URL)
      const life = await readLife(mongo.database, id, personal)
      output.write(json ? `${jsonText(life, 2)}\n` : lifeText(life))
    })
}
