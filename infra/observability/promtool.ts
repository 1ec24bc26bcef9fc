/** Prometheus and its promtool, which reads queries and rules: from the package of the distribution. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findOnPath } from '#runtime/process/find-executable.ts'
import { localDirectory } from '#infra/local/folders.ts'
import type { UnpackedPackage } from '#infra/local/machine/unpacked-package.ts'

export const prometheusPackage: UnpackedPackage = {
  name: 'prometheus',
  purpose: 'checks alerts and dashboards for the tests',
  folder: 'usr/bin',
  as: 'prometheus',
  instead: 'point PROMTOOL_PATH to promtool, and PROMETHEUS_PATH to prometheus.',
}

/** Where it is already; `npm test` brings it. */
export function findPromtool(env: NodeJS.ProcessEnv): string | undefined {
  const brought = join(localDirectory, prometheusPackage.as, 'promtool')
  return env['PROMTOOL_PATH'] ?? (existsSync(brought) ? brought : findOnPath('promtool'))
}
