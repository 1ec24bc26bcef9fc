/** The rules and alerts, also as a file that Prometheus itself reads: the resource that holds them is for its operator alone. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { checkout } from '#infra/local/folders.ts'

export interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert?: string; readonly record?: string; readonly expr: string }[]
  }[]
}

export const rulesFile = join(checkout, 'infra/observability/rules.json')

export async function readRules(): Promise<Rules> {
  const file = join(checkout, 'infra/kubernetes/components/monitoring/rules.yaml')
  return (parse(await readFile(file, 'utf8')) as { readonly spec: Rules }).spec
}

export const rulesJson = (rules: Rules): string => `${JSON.stringify(rules, null, 2)}\n`
