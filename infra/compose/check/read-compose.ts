/** compose.yaml, with what it takes from the environment. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { checkout } from '#infra/local/folders.ts'

export const composeFolder = join(checkout, 'infra/compose')

/** What is looked at of a service; which fields there may be is for the schema to say. */
export interface ComposeService {
  readonly image: string
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string }
  readonly profiles?: readonly string[]
  readonly user?: string
  readonly read_only?: boolean
  readonly privileged?: boolean
  readonly cap_drop?: readonly string[]
  readonly cap_add?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly network_mode?: string
  readonly pid?: string
  readonly ipc?: string
  readonly devices?: readonly unknown[]
  readonly tmpfs?: readonly string[]
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly networks?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly mem_limit?: string
  readonly cpus?: number
  readonly stop_grace_period?: string
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
  readonly volumes: Readonly<Record<string, unknown>>
}

export async function readCompose(): Promise<Compose> {
  const text = await readFile(join(composeFolder, 'compose.yaml'), 'utf8')
  return parse(text, { merge: true }) as Compose
}

const variable = /\$\{(\w+)(?::(?:-([^}]*)|\?))?\}/g

/** The variables that a text takes, and what stands for each where it is not given: undefined where it must be. */
export const variablesOf = (text: string): ReadonlyMap<string, string | undefined> =>
  new Map([...text.matchAll(variable)].map(([, name, instead]) => [name!, instead]))

/** As Compose does it, for the two forms that we use: `${NAME:?}` and `${NAME:-instead}`. */
export const interpolate = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(variable, (_, name: string, instead: string | undefined) => {
    const value = values[name] || instead
    if (value === undefined) throw new Error(`${name} is not given`)
    return value
  })
