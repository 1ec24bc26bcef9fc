/** Reads a process's settings from its environment by one declaration, and names every wrong variable at once. */
import { resolve } from 'node:path'
import proxyAddr from '@fastify/proxy-addr'
import * as z from 'zod'
import { insecureTransports } from './insecure-transport.ts'
import { readSettingsFromFiles } from './settings-from-files.ts'

export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'SettingsError'
  }
}

/** @throws SettingsError naming each missing or wrong variable; values are never part of it. */
export function readSettings<S extends z.ZodObject>(schema: S, environment: NodeJS.ProcessEnv): z.infer<S> {
  // An empty variable is how shells and manifests spell "not set".
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const { values, problems: unread } = readSettingsFromFiles(Object.keys(schema.shape), set)
  const parsed = schema.safeParse(values)
  const insecure = Object.entries(insecureTransports(values)).flatMap(([variable, problem]) =>
    variable in schema.shape ? `${variable}: ${problem}` : [],
  )
  if (parsed.success && unread.length + insecure.length === 0) return parsed.data
  const malformed = (parsed.error?.issues ?? []).flatMap((issue) => {
    const variable = issue.path[0] === undefined ? 'settings' : String(issue.path[0])
    if (unread.some((problem) => problem.startsWith(`${variable}_FILE:`))) return []
    // A custom rule may be about the very absence of a variable, so its own words say it best.
    return variable in values || issue.code === 'custom'
      ? `${variable}: ${explain(issue)}`
      : `${variable}: is not set`
  })
  throw new SettingsError([...new Set([...malformed, ...unread, ...insecure])])
}

/** Zod's messages may quote what they were given; only those written here or naming expected options pass. */
function explain(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'custom':
      return issue.message
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`
    case 'too_small':
      return `must be at least ${issue.minimum}`
    case 'too_big':
      return `must be at most ${issue.maximum}`
    case 'invalid_type':
      return `must be a ${issue.expected}`
    case 'invalid_format':
      return `must be a ${issue.format}`
    default:
      return 'is not valid'
  }
}

const url = (protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

/** `current[,previous]`, each 32 bytes in base64url: sign with the first, accept any. */
export const rotatingKeys = z.string().transform((value, context) => {
  const keys = value.split(',').map((key) => Buffer.from(key.trim(), 'base64url'))
  if (keys.some((key) => key.length !== 32)) {
    context.addIssue({
      code: 'custom',
      message: 'must be one or two keys of 32 bytes in base64url, joined by a comma',
    })
    return z.NEVER
  }
  return keys as [Buffer, ...Buffer[]]
})

export type RotatingKeys = z.infer<typeof rotatingKeys>

const wholeNumber = z.coerce.number({ error: 'must be a number' }).pipe(z.int())

const port = wholeNumber.pipe(z.int().min(1).max(65_535))

function areNetworks(networks: string[]): boolean {
  try {
    proxyAddr.compile(networks)
    return true
  } catch {
    return false
  }
}

const httpOrigin = url(['http:', 'https:']).transform((value) => new URL(value).origin)

export const setting = {
  origin: httpOrigin,
  origins: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(httpOrigin)),
  /** Networks as CIDRs, or by name as @fastify/proxy-addr has them. */
  networks: z
    .string()
    .transform((list) => list.split(',').map((network) => network.trim()))
    .refine(areNetworks, 'must be networks like 10.0.0.0/8, joined by commas')
    .default([]),
  mongodbUrl: url(['mongodb:', 'mongodb+srv:']),
  rabbitmqUrl: url(['amqp:', 'amqps:']),
  smtpUrl: url(['smtp:', 'smtps:']),
  rotatingKeys,
  count: wholeNumber.pipe(z.int().min(1)),
  index: wholeNumber.pipe(z.int().min(0)),
  /** As an absolute path. */
  folder: z
    .string()
    .min(1)
    .transform((path) => resolve(path)),
  /** A job whose worker sent no beat for so long is taken from it. Whoever holds one, and whoever takes it, must have the same. */
  leaseMs: wholeNumber.pipe(z.int().min(3_000)).default(30_000),
  /** How often is looked for what nobody has finished or needs any more. */
  sweepEveryMs: wholeNumber.pipe(z.int().min(100)).default(10_000),
  /** What must stay free on the disk of a folder for anything new to be begun. */
  diskReserveBytes: wholeNumber.pipe(z.int().min(0)).default(512 * 1024 ** 2),
  /** Of all lists of an answer together: 20 conversions, a page unless another is asked for, of 500 MP3s each, and what else they list. */
  answerItems: wholeNumber.pipe(z.int().min(1)).default(12_000),
} as const

/** The settings every process has. */
export const commonSettings = {
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  /** Where health and metrics are, for those who operate it; not to be reached by clients. */
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: port,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json'),
  PUBLIC_URL: setting.origin,
  /** What metrics call the version that runs, instead of the package's. */
  VERSION: z.string().max(64).optional(),
  /** 1 lets passwords, tokens and links travel without TLS in production. */
  ALLOW_INSECURE: z.enum(['0', '1']).default('0'),
  /** How long a process may take to end after SIGTERM before it gives up and exits with 1. */
  SHUTDOWN_GRACE_MS: setting.count.default(75_000),
} as const

/** Of every process that is asked for something. */
export const listeningSettings = {
  HOST: z.string().default('127.0.0.1'),
  PORT: port,
} as const
