/** The media subgraph within the test's own process: real database, broker and ffmpeg; a key of the test's stands in for auth. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Db } from 'mongodb'
import { generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { pino } from 'pino'
import * as z from 'zod'
import { Registry } from 'prom-client'
import { createHealth } from '#runtime/process/health.ts'
import {
  accessTokenAudience,
  accessTokenType,
  createAccessTokenVerifier,
  type AccessTokenVerifier,
} from '#runtime/tokens/verify-access-token.ts'
import { startMedia } from '#media/media-app.ts'
import type { MediaSettings } from '#media/media-settings.ts'
import { downloadSettings } from '#runtime/downloads/download-settings.ts'
import { quotaSettings } from '#media/quotas/quota-settings.ts'
import { liftedMediaLimits } from '#test/harness/lifted-limits.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'

export interface TestMedia extends AsyncDisposable {
  /** Where it really listens; its own idea of its address is `settings.PUBLIC_URL`. */
  readonly origin: string
  readonly settings: MediaSettings
  readonly database: Db
  readonly directory: string
  /** Everything it logged, a line each. */
  readonly logged: string[]
  /** Of a user with a verified address, unless the id begins with `unverified`. */
  tokenOf(userId: string): Promise<string>
  /** A public URL as it is reached here. */
  reach(publicUrl: string): string
  /** Starts it when it is stopped. */
  start(changes?: Partial<MediaSettings>): Promise<void>
  stop(): Promise<void>
}

/** Starts with the first call of `start`. */
export async function createTestMedia(changes: Partial<MediaSettings> = {}): Promise<TestMedia> {
  await using owned = new AsyncDisposableStack()
  const database = owned.use(createTestDatabase())
  const vhost = owned.use(await createTestVhost())
  const directory = owned.use(await createTemporaryDirectory()).path
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const settings = { ...settingsFor(database.url, vhost.url, join(directory, 'uploads')), ...changes }
  const accessTokens = createAccessTokenVerifier(settings.PUBLIC_URL, async () => publicKey)
  const logged: string[] = []
  const state = { origin: '', stop: async () => {} }
  owned.defer(() => state.stop())
  const resources = owned.move()
  return {
    get origin() {
      return state.origin
    },
    settings,
    database: database.database,
    directory,
    logged,
    tokenOf: (userId) => signToken(privateKey, settings.PUBLIC_URL, userId),
    reach: (publicUrl) => publicUrl.replace(settings.PUBLIC_URL, state.origin),
    async start(others = {}) {
      const running = await run({ ...settings, ...others }, accessTokens, logged)
      Object.assign(state, running)
    },
    stop: () => state.stop(),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function run(settings: MediaSettings, accessTokens: AccessTokenVerifier, logged: string[]) {
  const ending = new AbortController()
  await using starting = new AsyncDisposableStack()
  const resources = starting.use(new AsyncDisposableStack())
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) })
  const scope = { log, metrics: new Registry(), health: createHealth(), signal: ending.signal, resources }
  const http = await startMedia({ ...scope, settings }, accessTokens)
  starting.move()
  const { port } = http.server.address() as AddressInfo
  const stop = async () => {
    ending.abort(new Error('the test stops it'))
    await resources.disposeAsync()
  }
  return { origin: `http://127.0.0.1:${port}`, stop }
}

function settingsFor(mongodbUrl: string, rabbitmqUrl: string, uploads: string): MediaSettings {
  return {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: 0,
    METRICS_HOST: '127.0.0.1',
    METRICS_PORT: 0,
    LOG_LEVEL: 'info',
    LOG_FORMAT: 'json',
    PUBLIC_URL: 'https://earshot.example',
    ALLOW_INSECURE: '0',
    SHUTDOWN_GRACE_MS: 10_000,
    ANSWER_ITEMS: 12_000,
    MONGODB_URL: mongodbUrl,
    RABBITMQ_URL: rabbitmqUrl,
    AUTH_URL: 'http://127.0.0.1:1',
    ROUTER_MEDIA_KEY: [randomBytes(32)],
    LINK_KEYS: [randomBytes(32)],
    UPLOAD_KEYS: [randomBytes(32)],
    UPLOAD_DIRECTORY: uploads,
    UPLOAD_MAX_BYTES: 10_000_000,
    VALIDATION_ATTEMPTS: 10,
    DISK_RESERVE_BYTES: 0,
    LEASE_MS: 30_000,
    SWEEP_EVERY_MS: 10_000,
    REPLICA: 0,
    MEDIA_REPLICAS: [],
    FFMPEG_PATH: ffmpegPath,
    FFPROBE_PATH: ffprobePath,
    FFMPEG_SANDBOX: 'required',
    TRUSTED_PROXIES: [],
    ...z.object(downloadSettings).parse({}),
    ...z.object(quotaSettings).parse(liftedMediaLimits),
  }
}

async function signToken(key: CryptoKey, issuer: string, userId: string): Promise<string> {
  return await new SignJWT({ sid: randomUUID(), email_verified: !userId.startsWith('unverified') })
    .setProtectedHeader({ alg: 'EdDSA', typ: accessTokenType })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(accessTokenAudience)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(key)
}
