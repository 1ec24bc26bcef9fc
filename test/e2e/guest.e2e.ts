/** A visitor without an account on real processes: it uploads, converts and downloads, then signs up, and keeps it all. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as operations from '#schema/generated/operations.ts'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { createApiClient } from '#test/harness/api-client.ts'
import * as user from '#test/harness/api-user.ts'
import { awaitMail, awaitVerificationToken } from '#test/harness/await-mail.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample } from '#test/harness/sample-media.ts'

interface Session {
  readonly accessToken: string
  readonly refreshToken: string
  readonly user: { readonly id: string; readonly email: string | null }
}

async function enter(origin: string) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${origin}/guests`, { method: 'POST', headers, body: '{}' })
  assert.equal(response.status, 200)
  const { session } = (await response.json()) as { session: Session }
  const { accessToken, refreshToken } = session
  return { api: createApiClient(origin, accessToken), email: '', id: session.user.id, refreshToken }
}

const trialUsed = async ({ api }: Pick<user.ApiUser, 'api'>) => {
  const { data } = await api.ask<{ me: { usage: { limits: { name: string; used: number }[] } } }>(
    '{ me { usage { limits { name used } } } }',
  )
  return data!.me.usage.limits.find(({ name }) => name === 'TRIAL_AUDIO_MS_A_DAY')?.used
}

describe('a visitor without an account', () => {
  let running: RunningSystem
  let origin: string
  before(async () => {
    running = await startTestSystem()
    origin = running.system.publicUrl
  })
  after(() => running[Symbol.asyncDispose]())

  it('converts without a mail, signs up with its history, and has a mail about what it converts then', async () => {
    const sample = await makeSample(running.directory, 'mp4-aac')
    const guest = await enter(origin)
    const { conversion: asGuest } = await user.convertFile(guest, sample)
    assert.equal(asGuest.status, 'SUCCEEDED')
    const mp3 = await fetch(asGuest.mp3s[0]!.downloadUrl)
    assert.equal((await mp3.arrayBuffer()).byteLength, asGuest.mp3s[0]!.sizeBytes)

    const email = `was-a-guest-${guest.id}@example.com`
    const input = { email, password: user.testPassword }
    const { signUp } = await guest.api.run(operations.SignUpDocument, { input })
    assert.equal(signUp.session!.user.id, guest.id)
    const member = {
      ...guest,
      email,
      api: createApiClient(origin, signUp.session!.accessToken),
    }
    const token = await awaitVerificationToken(running.system.inbox!, email)
    await member.api.run(operations.VerifyEmailDocument, { input: { token } })
    const { conversion: asMember } = await user.convertFile(member, sample)

    const { me } = await member.api.run(operations.ConversionsDocument, { first: 10 })
    assert.deepEqual(
      me!.conversions!.edges.map(({ node }) => node.id),
      [asMember.id, asGuest.id],
    )
    await awaitMail(running.system.inbox!, email, /ready/i)
    const mails = await running.database
      .collection<MailDocument>('mails')
      .find({ userId: guest.id })
      .toArray()
    assert.deepEqual(
      new Map(mails.map(({ kind, conversionId }) => [kind, conversionId])),
      new Map([
        ['conversionSucceeded', asMember.id],
        ['emailVerification', null],
      ]),
    )
    assert.equal(mails.length, 2)
  })

  it('shares its trial with all others at its address', async () => {
    const [one, other] = [await enter(origin), await enter(origin)]
    const used = (await trialUsed(one))!
    const { upload } = await user.convertFile(one, await makeSample(running.directory, 'mp4-aac'))
    assert.ok(upload.status === 'READY')
    const [usedByOne, usedByOther] = [await trialUsed(one), await trialUsed(other)]
    assert.ok(usedByOne! > used)
    assert.equal(usedByOther, usedByOne)
  })

  it('is refused with its old tokens at once where it has signed up', async () => {
    const guest = await enter(origin)
    const input = { email: `gone-${guest.id}@example.com`, password: user.testPassword }
    await guest.api.run(operations.SignUpDocument, { input })
    const { refreshToken } = guest
    const refresh = createApiClient(origin).refusal(operations.RefreshSessionDocument, {
      input: { refreshToken },
    })
    assert.equal(await refresh, 'SESSION_ENDED')
    assert.equal(await guest.api.refusal(operations.SignUpDocument, { input }), 'UNAUTHENTICATED')
  })
})
