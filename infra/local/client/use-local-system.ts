/** Points the command-line client and `earshot admin` to this checkout's own system, unless the caller points it elsewhere. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localDirectory } from '#infra/local/folders.ts'
import { localBrokerUrl } from '#infra/local/system/broker.ts'
import { preferredPorts } from '#infra/local/processes/ports.ts'
import { services } from '#infra/local/system/services.ts'
import { cliEnvironment } from './run-cli.ts'

export async function useLocalSystem(env: NodeJS.ProcessEnv): Promise<void> {
  const ports: Record<string, number> = JSON.parse(
    await readFile(join(localDirectory, 'ports.json'), 'utf8').catch(() => '{}'),
  )
  // What the doctor says then is what holds for these processes.
  if (env['MONGODB_URL'] === undefined) {
    env['NODE_ENV'] ??= 'development'
    env['METRICS_URLS'] ??= metricsUrls(ports).join(' ')
  }
  env['MONGODB_URL'] ??= `mongodb://127.0.0.1:${ports['mongo'] ?? preferredPorts.mongo}/earshot`
  env['RABBITMQ_URL'] ??= localBrokerUrl(ports['amqp'] ?? preferredPorts.amqp)
  const local = cliEnvironment(
    `http://127.0.0.1:${ports['router'] ?? services.router.preferredPort}`,
    localDirectory,
  )
  env['EARSHOT_COMMAND'] ??= local['EARSHOT_COMMAND']
  if (env['EARSHOT_URL'] !== undefined) return
  for (const [name, value] of Object.entries(local)) env[name] ??= value
  const staysHere = env['SMTP_URL'] === undefined && env['SENDGRID_API_KEY'] === undefined
  if (staysHere) env['EARSHOT_INBOX_URL'] ??= `http://127.0.0.1:${ports['inbox'] ?? preferredPorts.inbox}/`
}

/** Of every process that was ever started here; one that is not running does not answer. */
const metricsUrls = (ports: Readonly<Record<string, number>>) =>
  Object.entries(ports)
    .filter(([name]) => name.endsWith('-metrics'))
    .map(([, port]) => `http://127.0.0.1:${port}/metrics`)
