/** A test that hangs says every two minutes on standard error what it is waiting for. */
import type { Db } from 'mongodb'
import type { System } from '#infra/local/system/system.ts'

const everyMs = 120_000
/** A process that does not answer within it is named. */
const answerMs = 5_000

/** @param orders names those that are not finished yet. */
export function tellWhatIsOpen(system: System, database: Db, orders: () => readonly string[]): Disposable {
  const timer = setInterval(() => void tell(), everyMs)
  const tell = async () => {
    const silent = await Promise.all([whoIsSilent('database', ping(database)), ...askServices(system)])
    const open = [...orders(), ...silent.filter((name) => name !== undefined)]
    if (open.length > 0) process.stderr.write(`Still open: ${open.join(', ')}\n`)
  }
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

const askServices = ({ services }: System): Promise<string | undefined>[] =>
  [...services].map(([name, service]) => whoIsSilent(name, service.ready(AbortSignal.timeout(answerMs))))

const ping = (database: Db): Promise<unknown> => database.command({ ping: 1 }, { timeoutMS: answerMs })

async function whoIsSilent(name: string, answer: Promise<unknown>): Promise<string | undefined> {
  return await answer.then(
    () => undefined,
    (error: unknown) => `${name} (${String(error)})`,
  )
}
