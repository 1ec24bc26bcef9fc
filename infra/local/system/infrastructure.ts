/** What the services stand on: a database, a broker and an inbox of this system's own, or the ones it was given. */
import { startBroker, type Broker } from './broker.ts'
import { startInbox, type Inbox } from './inbox.ts'
import type { FoundMongo } from '#infra/local/mongo/find-mongo.ts'
import { startMongo, type Mongo } from '#infra/local/mongo/start-mongo.ts'
import type { PortBook } from '#infra/local/processes/ports.ts'
import { startAll } from '#infra/local/processes/start-all.ts'

export interface InfrastructureOptions {
  readonly directory: string
  readonly ports: PortBook
  readonly mongo: FoundMongo
  readonly signal?: AbortSignal | undefined
  /** Used instead of a broker of its own. */
  readonly rabbitmqUrl?: string | undefined
  /** Used instead of a database of its own. */
  readonly mongodbUrl?: string | undefined
  /** SMTP_URL or SENDGRID_API_KEY, used instead of an inbox of its own. */
  readonly mail?: Readonly<Record<string, string>> | undefined
}

export interface Infrastructure extends AsyncDisposable {
  readonly mongodbUrl: string
  readonly rabbitmqUrl: string
  readonly mail: Readonly<Record<string, string>>
  /** Each undefined where a given one is used. */
  readonly mongo: Mongo | undefined
  readonly broker: Broker | undefined
  readonly inbox: Inbox | undefined
}

interface Part<Value> extends AsyncDisposable {
  readonly value: Value | undefined
}

export async function startInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const { directory, ports, mongo: found } = options
  const givenMongo = options.mongodbUrl ?? (found.kind === 'url' ? found.url : undefined)
  const parts = await startAll<[Part<Mongo>, Part<Broker>, Part<Inbox>]>(
    [
      (signal) => unless(givenMongo, () => startMongo({ directory, ports, found: notUrl(found), signal })),
      (signal) => unless(options.rabbitmqUrl, () => startBroker({ directory, ports, signal })),
      (signal) => unless(options.mail, () => startInbox({ directory, ports, signal })),
    ],
    options.signal,
  )
  const [mongo, broker, inbox] = [parts[0].value, parts[1].value, parts[2].value]
  return {
    mongodbUrl: givenMongo ?? (mongo as Mongo).url,
    rabbitmqUrl: options.rabbitmqUrl ?? (broker as Broker).url,
    mail: options.mail ?? { SMTP_URL: (inbox as Inbox).smtpUrl },
    mongo,
    broker,
    inbox,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(parts.map((part) => part[Symbol.asyncDispose]()))
    },
  }
}

/** Starts a part unless the caller has given one. */
async function unless<Value extends AsyncDisposable>(
  given: unknown,
  start: () => Promise<Value>,
): Promise<Part<Value>> {
  const value = given === undefined ? await start() : undefined
  return { value, [Symbol.asyncDispose]: async () => value?.[Symbol.asyncDispose]() }
}

function notUrl(found: FoundMongo): Exclude<FoundMongo, { kind: 'url' }> {
  if (found.kind === 'url') throw new Error('A given MongoDB is not started here')
  return found
}
