/** `earshot admin dead-letters list|show|replay|drop`. */
import { Option, type Command } from 'commander'
import { pino } from 'pino'
import * as z from 'zod'
import { readSettings, setting } from '#runtime/process/settings.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { walkDeadLetters, type DeadLetter, type DeadLetterFate } from '#runtime/rabbit/dead-letters.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { queues, type WorkQueue } from '#runtime/rabbit/topology.ts'
import { OperatorError } from './operator-error.ts'
import { jsonText, oneLine, type Output } from './terminal-text.ts'

const settingsSchema = z.object({ RABBITMQ_URL: setting.rabbitmqUrl })
const connectWithinMs = 10_000

interface Choice {
  readonly queue?: WorkQueue
  readonly json?: boolean
  readonly all?: boolean
}

export function addDeadLetterCommands(program: Command, env: NodeJS.ProcessEnv, output: Output): void {
  const group = program
    .command('dead-letters')
    .description('messages that were set aside: malformed ones, and those that failed at every try')
  const inQueue = new Option('-q, --queue <queue>', 'only those of this queue').choices(Object.values(queues))

  group
    .command('list')
    .description('one line for each: id, queue, time, tries, reason')
    .addOption(inQueue)
    .option('--json', 'a line of JSON for each, its body included')
    .action(async ({ queue, json }: Choice) => {
      let found = 0
      await walk(env, queue, (letter) => {
        found += 1
        output.write(`${json ? jsonText(letter) : lineOf(letter)}\n`)
        return 'keep'
      })
      if (found === 0 && !json) output.write('No message was set aside.\n')
    })

  group
    .command('show')
    .description('everything about one, as JSON')
    .argument('<id>')
    .action(async (id: string) => {
      await visit(env, { ids: [id] }, (letter) => {
        output.write(`${jsonText(letter, 2)}\n`)
        return 'keep'
      })
    })

  for (const [fate, description] of [
    ['replay', 'send them to their queue again'],
    ['drop', 'delete them for good'],
  ] as const) {
    group
      .command(fate)
      .description(description)
      .argument('[ids...]')
      .addOption(inQueue)
      .option('--all', 'every one there is')
      .action(async (ids: string[], { queue, all }: Choice) => {
        if (ids.length > 0 === (all === true)) throw new OperatorError('Give ids, or --all.')
        await visit(env, { ids: all ? undefined : ids, queue }, (letter) => {
          output.write(`${lineOf(letter)}\n`)
          return fate
        })
      })
  }
}

interface Selection {
  /** All of them where no ids are given. */
  readonly ids?: readonly string[] | undefined
  readonly queue?: WorkQueue | undefined
}

/** @throws OperatorError for ids that are not there, after the others were visited. */
async function visit(
  env: NodeJS.ProcessEnv,
  { ids, queue }: Selection,
  act: (letter: DeadLetter) => DeadLetterFate,
): Promise<void> {
  const missing = new Set(ids)
  await walk(env, queue, (letter) => {
    if (ids !== undefined && !ids.includes(letter.id)) return 'keep'
    missing.delete(letter.id)
    return act(letter)
  })
  if (missing.size > 0) throw new OperatorError(`There is no dead letter ${[...missing].join(', ')}.`)
}

async function walk(
  env: NodeJS.ProcessEnv,
  queue: WorkQueue | undefined,
  decide: (letter: DeadLetter) => DeadLetterFate,
): Promise<void> {
  const { RABBITMQ_URL } = readSettings(settingsSchema, env)
  const log = pino({ level: 'silent' })
  const patience = AbortSignal.timeout(connectWithinMs)
  const away = () => new OperatorError(`No broker answers at ${new URL(RABBITMQ_URL).host} (RABBITMQ_URL).`)
  await using rabbit = await connectRabbit(RABBITMQ_URL, log, undefined, patience).catch(() => {
    throw away()
  })
  await using publisher = await createPublisher(rabbit)
  for (const each of queue === undefined ? Object.values(queues) : [queue])
    await walkDeadLetters({ rabbit, publisher }, each, decide)
}

/** All but the queue comes from outside. */
function lineOf({ id, queue, setAsideAt, tries, reason }: DeadLetter): string {
  const when = oneLine(setAsideAt ?? '-')
  return [oneLine(id), queue.padEnd(7), when, `tries ${tries}`, oneLine(reason ?? '')].join('  ')
}
