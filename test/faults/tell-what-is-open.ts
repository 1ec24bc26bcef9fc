/** A test that hangs says every two minutes on standard error what it is waiting for. */
import type { Db } from 'mongodb'
import { finalMailStates } from './check-mails.ts'
import type { System } from '#infra/local/system/system.ts'

const everyMs = 120_000
/** A process that does not answer within it is named. */
const answerMs = 5_000

/** @param orders names those that are not finished yet. */
export function tellWhatIsOpen(system: System, database: Db, orders: () => readonly string[]): Disposable {
  const timer = setInterval(() => void tell(), everyMs)
  const tell = async () => {
    const silent = await Promise.all([whoIsSilent('database', ping(database)), ...askServices(system)])
    const found = [...silent, await openMails(database).catch(() => undefined)]
    const open = [...orders(), ...found.filter((name) => name !== undefined)]
    if (open.length > 0) process.stderr.write(`Still open: ${open.join(', ')}\n`)
  }
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

const askServices = ({ services }: System): Promise<string | undefined>[] =>
  [...services].map(([name, service]) => whoIsSilent(name, service.ready(AbortSignal.timeout(answerMs))))

const ping = (database: Db): Promise<unknown> => database.command({ ping: 1 }, { timeoutMS: answerMs })

/** A mail that was put off is tried again after up to five minutes. */
async function openMails(database: Db): Promise<string | undefined> {
  const mails = await database
    .collection<{ _id: string; state: string }>('mails')
    .find({ state: { $nin: [...finalMailStates] } }, { timeoutMS: answerMs })
    .toArray()
  return mails.length === 0
    ? undefined
    : `mails ${mails.map(({ _id, state }) => `${_id} ${state}`).join(', ')}`
}

async function whoIsSilent(name: string, answer: Promise<unknown>): Promise<string | undefined> {
  return await answer.then(
    () => undefined,
    (error: unknown) => `${name} (${String(error)})`,
  )
}
