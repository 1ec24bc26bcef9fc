/** The secrets of one local system, made once and kept in a file that only its owner can read. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface LocalSecrets {
  /** Settings of the services, by the names they have there. */
  readonly settings: Readonly<Record<string, string>>
  readonly userPassword: string
}

export async function readSecrets(file: string): Promise<LocalSecrets> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LocalSecrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secrets = createSecrets()
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return secrets
}

export function createSecrets(): LocalSecrets {
  return {
    settings: {
      AUTH_SIGNING_KEYS: JSON.stringify([createSigningKey()]),
      ROUTER_AUTH_KEY: createKey(),
      ROUTER_MEDIA_KEY: createKey(),
      MAILER_AUTH_KEY: createKey(),
      LINK_KEYS: createKey(),
    },
    userPassword: randomBytes(24).toString('base64url'),
  }
}

function createKey(): string {
  return randomBytes(32).toString('base64url')
}

/** An Ed25519 key as a private JWK (RFC 8037). */
function createSigningKey() {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { ...jwk, kid: randomBytes(12).toString('base64url'), alg: 'EdDSA', use: 'sig' }
}
