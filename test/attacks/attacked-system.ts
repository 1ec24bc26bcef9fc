/** A system as an installation runs it, in production, and the judgement of its logs once it was attacked. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { serviceKinds } from '#infra/local/system/services.ts'
import { signUpUser, type ApiUser } from '#test/harness/api-user.ts'
import { startTestSystem, type RunningSystem, type TestSystemOptions } from '#test/harness/running-system.ts'

export interface AttackedSystem extends RunningSystem {
  readonly origin: string
  /** What must stand in no log: of a client's, or of a service's own. */
  readonly secrets: Set<string>
}

const production = { NODE_ENV: 'production' }

export async function startAttackedSystem({
  serviceEnv = {},
  ...options
}: TestSystemOptions = {}): Promise<AttackedSystem> {
  const env = Object.fromEntries(serviceKinds.map((kind) => [kind, { ...production, ...serviceEnv[kind] }]))
  const running = await startTestSystem({ ...options, serviceEnv: env })
  const { deployment, publicUrl } = running.system
  return { ...running, origin: publicUrl, secrets: new Set(secretsOf(deployment.secrets)) }
}

/** A user whose address and tokens must stand in no log. */
export async function signUpWatched({ origin, secrets }: AttackedSystem): Promise<ApiUser> {
  const user = await signUpUser(origin)
  for (const secret of [user.email, user.refreshToken, user.api.token!]) secrets.add(secret)
  return user
}

function secretsOf({ AUTH_SIGNING_KEYS, ...keys }: Readonly<Record<string, string>>): string[] {
  return [...Object.values(keys), ...(JSON.parse(AUTH_SIGNING_KEYS!) as { d: string }[]).map(({ d }) => d)]
}

/** What stands in no log, whoever it is about. */
const neverLogged: Readonly<Record<string, RegExp>> = {
  'a token': /eyJ[\w-]{10,}/,
  'an address': /[\w.+-]+@[\w-]+\.[a-z]{2,}/i,
  'the hash of a password': /\$argon2/,
  'the address of an upload or a download': /\/(uploads\/\d+|downloads)\/[\w.-]{20,}/,
}

/** Every line is an object of JSON, none is about a fault of ours, and none holds a secret, an address or a name. */
export async function judgeLogs({ system, secrets }: AttackedSystem): Promise<void> {
  for (const { name, logFile } of system.services.values()) {
    const lines = (await readFile(logFile, 'utf8')).split('\n').filter(Boolean)
    assert.ok(lines.length > 0, `${name} has a log`)
    for (const line of lines) {
      assert.doesNotMatch(line, /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u, `${name}: ${line}`)
      const entry = JSON.parse(line) as { service?: unknown; level?: unknown }
      assert.equal(entry.service, name)
      assert.doesNotMatch(String(entry.level), /^(error|fatal)$/, `a fault of ours: ${line}`)
      for (const [what, pattern] of Object.entries(neverLogged))
        assert.doesNotMatch(line, pattern, `${name} logs ${what}`)
      for (const secret of secrets) assert.ok(!line.includes(secret), `${name} logs ${secret}: ${line}`)
    }
  }
}
