/** Passes uploads and downloads through to the media subgraph. */
import type { FastifyInstance } from 'fastify'
import type { Logger } from '#runtime/process/log.ts'
import { addPassThrough } from '#runtime/process/pass-through.ts'
import { bytePrefixes } from './byte-paths.ts'

export interface ProxyDependencies {
  /** The media subgraph's. */
  readonly origin: string
  readonly log: Logger
}

export async function addProxy(
  http: FastifyInstance,
  { origin, log }: ProxyDependencies,
): Promise<AsyncDisposable> {
  const routes = bytePrefixes.map((prefix) => ({ prefix, origin }))
  return await addPassThrough(http, { routes, log })
}
