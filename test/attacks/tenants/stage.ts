/** A system with two tenants: one has things, the other tries to get at them, and has things of its own for what must be valid. */
import { waitUntil } from '#runtime/process/wait-until.ts'
import { newKey } from '#test/harness/api-client.ts'
import { testPassword } from '#test/harness/api-user.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import type { World } from '#test/attacks/schema/valid-input.ts'
import { onSocket, overHttp, type Ask } from './ask.ts'
import { identifiersOf, type Identifier } from './identifiers.ts'
import { settle, type Tenant } from './tenant.ts'
import { changesOf, readDocuments } from './untouched.ts'

export interface Stage extends AsyncDisposable {
  readonly running: RunningSystem
  readonly victim: Tenant
  readonly identifiers: readonly Identifier[]
  readonly attacker: Tenant
  /** What the attacker may rightly send. */
  readonly world: World
  /** As the attacker. */
  readonly ask: Readonly<Record<'http' | 'socket', Ask>>
  /** What happened to the victim's documents since it was asked last. */
  changes(): Promise<readonly string[]>
  /** Texts that only the victim may be shown. */
  readonly secrets: readonly string[]
  /** After the attacker has changed it. */
  password: string
}

const changePassword =
  'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }'
const marker = 'what only the victim may read'

export async function startStage(): Promise<Stage> {
  await using started = new AsyncDisposableStack()
  const running = started.use(await startTestSystem())
  const settled = await Promise.all([settle(running, marker), settle(running, 'what the attacker owns')])
  await running.system.services.get('converter')!.stop()
  const [victim, attacker] = await Promise.all(settled.map(({ finish }) => finish()))
  const password = 'a password of the attacker alone'
  const changed = { input: { currentPassword: testPassword, newPassword: password } }
  const { errors } = await attacker!.user.api.ask(changePassword, changed)
  if (errors) throw new Error(`the API refused: ${JSON.stringify(errors)}`)
  const identifiers = identifiersOf(victim!)
  const values = identifiers.map(({ value }) => value).filter((value) => typeof value === 'string')
  await quiet(running, victim!)
  let documents = await readDocuments(running.database)
  const socket = started.use(onSocket(attacker!.user.api))
  const owned = started.move()
  const stage: Stage = {
    running,
    victim: victim!,
    attacker: attacker!,
    identifiers,
    secrets: [...values, marker],
    password,
    world: (name, parent) => worldOf(attacker!, stage.password, name, parent),
    ask: { http: overHttp(attacker!.user.api), socket: socket.ask },
    async changes() {
      const before = documents
      documents = await readDocuments(running.database)
      return changesOf(before, documents, values)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
  return stage
}

/** Once the mails are sent and the source of the finished conversion is let go, nothing of the victim's changes by itself. */
async function quiet({ database }: RunningSystem, { user }: Tenant): Promise<void> {
  const [mails, uploads] = [database.collection('mails'), database.collection('uploads')]
  const isQuiet = async () =>
    (await mails.countDocuments({ userId: user.id, state: 'SENT' })) === 2 &&
    (await uploads.countDocuments({ ownerId: user.id, status: 'EXPIRED', blobsLetGo: true })) === 1
  await waitUntil('nothing of the victim changes by itself', isQuiet, { withinMs: 60_000 })
}

function worldOf(own: Tenant, password: string, name: string, parent: string): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = {
    'CoverInput.uploadId': own.coverId,
    'RetryConversionInput.id': own.cancelledId,
    'SignInInput.email': own.user.email,
    'SignInInput.password': password,
    'ChangePasswordInput.currentPassword': password,
    uploadId: own.sourceId,
    sessionId: own.sessionId,
    conversionId: own.succeeded.id,
    id: own.succeeded.id,
    email: `user-${newKey()}@example.com`,
    idempotencyKey: newKey(),
    filename: 'talk.mp4',
    password: 'what nobody guesses first',
    newPassword: 'what nobody guesses first',
    locale: 'en',
  }
  return values[`${parent}.${name}`] ?? values[name]
}
