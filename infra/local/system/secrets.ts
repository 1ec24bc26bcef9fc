/** The secrets of one local system, made once and kept in a file that only its owner can read. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { services } from './services.ts'

export interface LocalSecrets {
  /** Settings of the services, by the names they have there. */
  readonly settings: Readonly<Record<string, string>>
  readonly userPassword: string
}

/** Makes what is missing in the file: all of it at first, and later what a new process needs. */
export async function readSecrets(file: string): Promise<LocalSecrets> {
  const kept = await readKept(file)
  const made = makeSecrets((name) => kept?.settings[name] === undefined)
  if (kept !== undefined && Object.keys(made).length === 0) return kept
  const secrets: LocalSecrets = {
    settings: { ...kept?.settings, ...made },
    userPassword: kept?.userPassword ?? randomBytes(24).toString('base64url'),
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return secrets
}

/** Fresh keys of all services, by the names of their settings. */
export function makeSecrets(
  isWanted: (name: string) => boolean = () => true,
): Readonly<Record<string, string>> {
  const names = new Set(Object.values(services).flatMap((service) => service.secrets))
  return Object.fromEntries([...names].filter(isWanted).map((name) => [name, createSecret(name)]))
}

/** Of the stores and Grafana, where they run beside our services. They fit into a URL as they are. */
export const makeStorePasswords = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['MONGODB_ROOT_PASSWORD', 'MONGODB_PASSWORD', 'RABBITMQ_PASSWORD', 'GRAFANA_PASSWORD'].map((name) => [
      name,
      createSecret(name),
    ]),
  )

async function readKept(file: string): Promise<LocalSecrets | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LocalSecrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}

const createSecret = (name: string): string =>
  name === 'AUTH_SIGNING_KEYS' ? JSON.stringify([createSigningKey()]) : randomBytes(32).toString('base64url')

/** An Ed25519 key as a private JWK (RFC 8037). */
function createSigningKey() {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { ...jwk, kid: randomBytes(12).toString('base64url'), alg: 'EdDSA', use: 'sig' }
}
