/** A real Prometheus that scrapes a running system, as one does in a cluster. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { startProcess } from '#infra/local/processes/owned-process.ts'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { untilAnswers } from '#infra/local/processes/until-answers.ts'
import type { System } from '#infra/local/system/system.ts'
import { createTemporaryDirectory } from './temporary-directory.ts'

export interface Prometheus extends AsyncDisposable {
  /** The values of every series that the query yields now. @throws Error with what Prometheus says of the query. */
  ask(expr: string): Promise<readonly number[]>
}

export function prometheusTool(variable: 'PROMTOOL_PATH' | 'PROMETHEUS_PATH'): string {
  const path = process.env[variable]
  if (!path) throw new Error(`${variable} is not set: run this test through npm test`)
  return path
}

export async function startPrometheus({ services }: Pick<System, 'services'>): Promise<Prometheus> {
  await using started = new AsyncDisposableStack()
  const { path: directory } = started.use(await createTemporaryDirectory())
  const ports = started.use(await openPortBook({ file: join(directory, 'ports.json') }))
  const address = `127.0.0.1:${await ports.claim('prometheus', 9090)}`
  // In a cluster each target is a pod.
  const targets = [...services].map(([pod, { healthOrigin }]) => ({
    targets: [new URL(healthOrigin).host],
    labels: { pod },
  }))
  const file = join(directory, 'prometheus.json')
  await writeFile(
    file,
    JSON.stringify({
      global: { scrape_interval: '1s' },
      scrape_configs: [{ job_name: 'earshot', static_configs: targets }],
    }),
  )
  const prometheus = started.use(
    await startProcess({
      name: 'prometheus',
      command: prometheusTool('PROMETHEUS_PATH'),
      args: [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=${address}`,
      ],
      env: process.env,
      directory,
    }),
  )
  const isReady = async () =>
    await fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  await untilAnswers(prometheus, 'Prometheus', isReady, {})
  const owned = started.move()
  return {
    async ask(expr) {
      const response = await fetch(`http://${address}/api/v1/query?query=${encodeURIComponent(expr)}`)
      const answer = answerSchema.parse(await response.json())
      if (answer.status === 'error') throw new Error(`${expr}: ${answer.error}`)
      return answer.data.result.map(({ value }) => value[1])
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Prometheus' HTTP API, instant queries; its numbers are text. */
const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      result: z.array(z.object({ value: z.tuple([z.number(), z.string().transform(Number)]) })),
    }),
  }),
  z.object({ status: z.literal('error'), error: z.string() }),
])
