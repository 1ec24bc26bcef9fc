/**
 * The rules and alerts, also as a file that Prometheus itself reads: the resource that holds them is for its operator alone.
 * Those of the objectives are written from `objectives.ts`, the others by hand.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { checkout } from '#infra/local/folders.ts'
import { objectiveGroups } from './objectives.ts'
import type { RuleGroup } from './rule.ts'

export interface Rules {
  readonly groups: readonly RuleGroup[]
}

const monitoring = join(checkout, 'infra/kubernetes/components/monitoring')

export async function readRules(): Promise<Rules> {
  const file = await readFile(join(monitoring, 'rules.yaml'), 'utf8')
  const { groups } = (parse(file) as { readonly spec: Rules }).spec
  return { groups: [...objectiveGroups, ...groups] }
}

/** What is written from the rules, by the path of each file. */
export async function ruleFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [join(checkout, 'infra/observability/rules.json'), `${JSON.stringify(await readRules(), null, 2)}\n`],
    [join(monitoring, 'objectives.yaml'), objectivesYaml()],
  ])
}

function objectivesYaml(): string {
  const resource = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'earshot-objectives' },
    spec: { groups: objectiveGroups },
  }
  const head = '# Written by `npm run generate`, from infra/observability/objectives.ts.\n'
  return head + stringify(resource, { lineWidth: 0, aliasDuplicateObjects: false })
}
