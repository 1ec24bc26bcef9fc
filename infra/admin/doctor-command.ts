/** `earshot admin doctor`: checks whether this machine has what Earshot needs, and says what is missing. */
import type { Command } from 'commander'
import { pino } from 'pino'
import * as z from 'zod'
import { ffmpegSettings, sandboxModeOf } from '#runtime/ffmpeg/ffmpeg-settings.ts'
import { createSandbox, namespacesAdvice } from '#runtime/ffmpeg/sandbox.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { commonSettings, readSettings, setting } from '#runtime/process/settings.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { OperatorError } from './operator-error.ts'
import type { Output } from './terminal-text.ts'

const settingsSchema = z.object({
  NODE_ENV: commonSettings.NODE_ENV,
  MONGODB_URL: setting.mongodbUrl,
  RABBITMQ_URL: setting.rabbitmqUrl,
  ...ffmpegSettings,
})

type Settings = z.infer<typeof settingsSchema>

const answerWithinMs = 5_000
const silent = pino({ level: 'silent' })

export function addDoctorCommand(program: Command, env: NodeJS.ProcessEnv, output: Output): void {
  program
    .command('doctor')
    .description('look at ffmpeg and its sandbox, the broker and the database; fails when a check does')
    .action(async () => {
      const settings = readSettings(settingsSchema, env)
      let hasFailed = false
      for (const [name, check] of Object.entries(checks)) {
        const found = await check(settings).catch((error: unknown) => {
          hasFailed = true
          return `failed: ${messageOf(error)}`
        })
        output.write(`${name.padEnd(9)} ${found}\n`)
      }
      if (hasFailed) throw new OperatorError('At least one check has failed: see above.')
    })
}

/** Each says what it found. @throws Error that says what is wrong. */
const checks: Record<string, (settings: Settings) => Promise<string>> = {
  async ffmpeg(settings) {
    const programs = [settings.FFMPEG_PATH, settings.FFPROBE_PATH]
    const { protections } = await createSandbox({ mode: sandboxModeOf(settings), programs, log: silent })
    if (protections.length === 0) return 'runs without a sandbox, because FFMPEG_SANDBOX is off'
    const advice = protections.includes('namespaces') ? '' : `; without namespaces: ${namespacesAdvice}`
    return `runs under: ${protections.join(', ')}${advice}`
  },
  async broker({ RABBITMQ_URL }) {
    await using _rabbit = await connectRabbit(
      RABBITMQ_URL,
      silent,
      undefined,
      AbortSignal.timeout(answerWithinMs),
    ).catch(noAnswer(RABBITMQ_URL, 'RABBITMQ_URL'))
    return 'answers, and has our queues'
  },
  async database({ MONGODB_URL }) {
    await using mongo = connectMongo(MONGODB_URL)
    await mongo.database.command({ ping: 1 }).catch(noAnswer(MONGODB_URL, 'MONGODB_URL'))
    return 'answers'
  },
}

/** What the drivers say is no more than that a connection was closed. */
const noAnswer = (url: string, name: string) => (cause: unknown) => {
  const where = URL.canParse(url) ? `${new URL(url).host} (${name})` : name
  throw new Error(`it does not answer at ${where}; start it, or in a checkout all of Earshot: npm start`, {
    cause,
  })
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
