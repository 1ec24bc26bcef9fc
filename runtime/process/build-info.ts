/** Tells which version a process is of: two of them answer while a release is rolled out. */
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { Gauge, type Registry } from 'prom-client'

export function tellVersion(registry: Registry, service: string, version = packageVersion()): void {
  new Gauge({
    name: 'earshot_build_info',
    help: '1, for the version that the process is of',
    labelNames: ['service', 'version'],
    registers: [registry],
  }).set({ service, version }, 1)
}

function packageVersion(): string {
  const path = findPackageJSON('..', import.meta.url)
  if (path === undefined) return 'unknown'
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: string }
  return version ?? 'unknown'
}
