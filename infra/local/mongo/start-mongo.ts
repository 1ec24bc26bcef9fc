/** Runs the MongoDB that was found, with its data in the given folder. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { connects } from '#infra/local/processes/connects.ts'
import { startProcess, type OwnedProcess } from '#infra/local/processes/owned-process.ts'
import type { PortBook } from '#infra/local/processes/ports.ts'
import { untilAnswers } from '#infra/local/processes/until-answers.ts'
import type { FoundMongo } from './find-mongo.ts'
import { localMongoCommand } from './local-mongo.ts'
import { ensureReplicaSet, replicaSetName } from './replica-set.ts'

export interface MongoOptions {
  readonly directory: string
  readonly ports: PortBook
  readonly found: Exclude<FoundMongo, { kind: 'url' }>
  /** Begins with an empty database, and kills the server at the end. */
  readonly fresh?: boolean
  /** Added to the server's environment. */
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
}

export interface Mongo extends AsyncDisposable {
  /** Without a database name: add one to the path. */
  readonly url: string
  readonly pid: number
  readonly process: OwnedProcess
}

export async function startMongo(options: MongoOptions): Promise<Mongo> {
  const { directory, ports, found, fresh, signal } = options
  const port = await ports.claim('mongo')
  // Each kind has its own data: neither reads the other's.
  const data = join(directory, 'mongo', found.kind)
  if (fresh) await rm(data, { recursive: true, force: true })
  await mkdir(data, { recursive: true, mode: 0o700 })
  const [command, args] =
    found.kind === 'mongod'
      ? [found.command, mongodArguments(data, port)]
      : localMongoCommand(found.build, join(data, 'store'), port)

  await using started = new AsyncDisposableStack()
  const server = started.use(
    await startProcess({
      name: 'mongo',
      command,
      args,
      env: { ...process.env, ...options.env },
      directory,
      cwd: data,
      graceMs: 20_000,
    }),
  )
  await untilAnswers(server, 'MongoDB', () => answers(port), { withinMs: 180_000, signal })
  if (found.kind === 'mongod') await ensureReplicaSet(port, signal)
  if (fresh) started.defer(async () => void (await server.kill()))
  const owned = started.move()
  return {
    // The driver finds out by itself that a mongod is a replica set.
    url: `mongodb://127.0.0.1:${port}`,
    pid: server.pid,
    process: server,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function mongodArguments(data: string, port: number): string[] {
  const network = ['--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket']
  return ['--dbpath', data, ...network, '--replSet', replicaSetName, '--wiredTigerCacheSizeGB', '0.5']
}

async function answers(port: number): Promise<boolean> {
  if (!(await connects(port))) return false
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000 })
  try {
    await client.db('admin').command({ ping: 1 })
    return true
  } finally {
    await client.close()
  }
}
