/** A system in production with its limits lifted, and a user who has one of everything that can be asked for. */
import assert from 'node:assert/strict'
import { OperationTypeNode } from 'graphql'
import * as operations from '#schema/generated/operations.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import type { Inbox } from '#infra/local/system/inbox.ts'
import { startAttackedSystem, type AttackedSystem } from '#test/attacks/attacked-system.ts'
import { alike, identifiersOf } from '#test/attacks/tenants/identifiers.ts'
import { settle, type Tenant } from '#test/attacks/tenants/tenant.ts'
import {
  signUpUser,
  startConversion,
  testPassword,
  uploadFile,
  type ApiUser,
} from '#test/harness/api-user.ts'
import { awaitMail, awaitVerificationToken } from '#test/harness/await-mail.ts'
import { makeTone } from '#test/harness/tone.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { readApiSchema } from '#test/attacks/schema/api-schema.ts'
import { askedFields } from '#test/attacks/schema/asked-fields.ts'
import { operationFor } from '#test/attacks/schema/operation-text.ts'
import type { ResolvedFields } from './resolved-fields.ts'
import type { Asker } from './fuzz-request.ts'
import { sendOnSocket } from './send.ts'
import { validValuesOf, type Things, type ValidValues } from './valid-values.ts'

export interface FuzzScene extends AsyncDisposable {
  readonly attacked: AttackedSystem
  readonly own: Tenant
  readonly askers: Readonly<Record<Asker, ApiUser>>
  readonly valid: ValidValues
  /** What names things of another tenant, or of a kind that is not asked for, or nothing. */
  readonly ids: readonly string[]
}

/** @param resolved Is told what a subscriber is of a conversion that runs: later on none will. */
export async function startFuzzScene(resolved: ResolvedFields): Promise<FuzzScene> {
  await using started = new AsyncDisposableStack()
  const attacked = started.use(await startAttackedSystem())
  const { system, origin } = attacked
  const [owner, stranger] = await Promise.all([settle(attacked, 'own'), settle(attacked, 'other')])
  const [spender, leaver] = [await signUpUser(origin), await signUpUser(origin)]
  const rich = await convertRichly(attacked, owner.user, resolved)
  await system.services.get('converter')!.stop()
  const [own, other] = [await owner.finish(), await stranger.finish()]
  const sessions = await Promise.all(Array.from({ length: 6 }, () => signIn(own.user)))
  const doomed = await Promise.all(Array.from({ length: 6 }, () => startConversion(own.user, own.sourceId)))
  const warned = await startConversion(own.user, own.sourceId, { sampleRateHz: 48_000 })
  await refuseMailOf(attacked, rich.richIds[0]!)
  const things: Things = {
    warnedId: warned.id,
    own,
    spender,
    ...rich,
    sessions,
    doomedIds: doomed.map(({ id }) => id),
    verificationToken: await awaitVerificationToken(system.inbox as Inbox, own.user.email),
    resetToken: await askForReset(attacked, spender),
  }
  const theirs = identifiersOf(other)
    .map(({ value }) => value)
    .filter((value) => typeof value === 'string')
  const owned = started.move()
  return {
    attacked,
    own,
    askers: { own: own.user, spender, leaver },
    valid: validValuesOf(things),
    ids: [
      ...theirs,
      ...theirs.slice(0, 6).map(alike),
      own.sourceId,
      own.coverId,
      own.user.id,
      own.uploading.id,
    ],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Conversions with all that one can have, and an upload with all that one can hold. */
async function convertRichly(
  { directory, origin }: AttackedSystem,
  user: ApiUser,
  resolved: ResolvedFields,
): Promise<Pick<Things, 'richUploadId' | 'richIds'>> {
  const video = await makeSample(directory, 'chapters-and-tags')
  const long = await uploadFile(user, await makeTone(directory, { minutes: 2 }))
  const upload = async () => (await uploadFile(user, video, { coverFrameMs: 100 })).id
  // One is let go when its last conversion is over.
  const [converted, richUploadId] = [await upload(), await upload()]
  const ordered = [
    // Long enough for its progress to be told.
    await startConversion(user, long.id, { loudness: {} }),
    await startConversion(user, converted, {
      bitrateKbps: 320,
      loudness: {},
      trim: { startMs: 100 },
      audioTrack: { index: 0 },
      tags: { set: [{ key: 'title', value: 'own' }] },
    }),
    await startConversion(user, converted, {
      splitByChapters: true,
      chapters: { from: 'GIVEN', list: [{ startMs: 0, endMs: 1_000, title: 'one' }, { startMs: 1_000 }] },
    }),
  ]
  const asker = { origin, authorization: `Bearer ${user.api.token}` }
  for (const { id } of ordered) {
    const { query, variables } = operationFor(await subscription(), [{ id }])
    const updates = await sendOnSocket(asker, JSON.stringify({ query, variables }))
    for (const answer of updates) resolved.note(OperationTypeNode.SUBSCRIPTION, answer)
    assert.match(JSON.stringify(updates), /"SUCCEEDED"/)
  }
  return { richUploadId, richIds: ordered.map(({ id }) => id) }
}

/** As a mail server would that does not know the address. */
async function refuseMailOf({ database }: AttackedSystem, conversionId: string): Promise<void> {
  const mails = database.collection('mails')
  const refused = { state: 'REFUSED', reason: '550 5.1.1 no such mailbox' }
  const refuse = async () =>
    (await mails.updateOne({ conversionId, state: 'SENT' }, { $set: refused })).matchedCount === 1
  await waitUntil('the mail was sent', refuse, { withinMs: 60_000 })
}

const subscription = async () =>
  askedFields(await readApiSchema()).find(({ name }) => name === 'conversionUpdated')!

export async function signIn({ email, api }: ApiUser) {
  const input = { email, password: testPassword }
  const { signIn: signedIn } = await api.run(operations.SignInDocument, { input })
  return signedIn.session!
}

async function askForReset({ system }: AttackedSystem, { email, api }: ApiUser): Promise<string> {
  await api.ask(
    'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { requested } }',
    { email },
  )
  const { text } = await awaitMail(system.inbox as Inbox, email, /password/i)
  return decodeURIComponent(/reset-password#token=([\w.~%-]+)/.exec(text ?? '')![1]!)
}
