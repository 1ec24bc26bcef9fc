/** Which MongoDB this machine uses: a given URL, an installed mongod, a downloaded one, or mongo-java-server. */
import { findOnPath } from '#runtime/process/find-executable.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import { buildLocalMongo } from './local-mongo.ts'
import { bringOfficialMongod } from './official-mongod.ts'

export type FoundMongo =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'mongod'; readonly command: string }
  | { readonly kind: 'mongo-java-server'; readonly build: string }

export interface FindMongoOptions {
  readonly env: NodeJS.ProcessEnv
  readonly steps: Steps
  readonly retryDownload: boolean
  /** Brings Java and Maven where they are missing; called only when they are needed. */
  readonly bringJava: () => Promise<void>
}

export async function findMongo({
  env,
  steps,
  retryDownload,
  bringJava,
}: FindMongoOptions): Promise<FoundMongo> {
  const url = env['MONGODB_URL']
  if (url !== undefined) return { kind: 'url', url }
  const command = findOnPath('mongod') ?? (await bringOfficialMongod({ steps, retry: retryDownload }))
  if (command !== undefined) return { kind: 'mongod', command }
  await bringJava()
  return { kind: 'mongo-java-server', build: await buildLocalMongo(steps) }
}
