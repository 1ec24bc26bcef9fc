/** Whether the broker and the database answer. */
import type { Db } from 'mongodb'
import { pino } from 'pino'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { failed, messageOf, well, type Finding } from './finding.ts'

const answerWithinMs = 5_000

export async function checkBroker(url: string): Promise<Finding> {
  try {
    const patience = AbortSignal.timeout(answerWithinMs)
    await using _rabbit = await connectRabbit(url, pino({ level: 'silent' }), undefined, patience)
    return well('answers, and has our queues')
  } catch (error) {
    return noAnswer(url, 'RABBITMQ_URL', error)
  }
}

export async function checkDatabase(database: Db, url: string): Promise<Finding> {
  try {
    await database.command({ ping: 1 })
    return well('answers')
  } catch (error) {
    return noAnswer(url, 'MONGODB_URL', error)
  }
}

/** What the drivers say is no more than that a connection was closed. */
function noAnswer(url: string, name: string, error: unknown): Finding {
  const where = URL.canParse(url) ? `${new URL(url).host} (${name})` : name
  return failed(
    `it does not answer at ${where}: ${messageOf(error)}`,
    'start it, or in a checkout all of Earshot: npm start',
  )
}
