/** The mailer dies in the middle of a send. A mail that the server had accepted is never sent again; one that it had not is sent. */
import assert from 'node:assert/strict'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { conversionMailId } from '#ledger/conversion-mail.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createSmtpGate, type SmtpStage } from '#test/harness/smtp-gate.ts'

/** The broker gives the event to the next mailer at once. */
const sentByMs = 120_000

const expected = { accepted: 'UNCONFIRMED', recipient: 'SENT' } as const

testScenario('mailer killed between send and record', { faults: { short: 6, long: 50 } }, async (kills) => {
  await using scene = await startScene()
  await using gate = await createSmtpGate(scene.inbox.smtpUrl)
  const mailer = scene.service('mailer')
  await mailer.restart({ SMTP_URL: gate.url })
  const path = await makeSample(scene.directory, 'mp4-aac')
  const mails = scene.database.collection<MailDocument>('mails')
  const stateOf = async (id: string) =>
    (await mails.findOne({ _id: conversionMailId(id, 'SUCCEEDED') }))?.state
  const stages = new Map<string, SmtpStage>()
  for (let kill = 0; kill < kills; kill++) {
    const stage = kill % 3 === 2 ? 'recipient' : 'accepted'
    const reached = gate.stopAt(stage)
    const id = await scene.order(path)
    stages.set(id, stage)
    await reached
    await scene.strike([], async () => {
      await mailer.kill()
      await mailer.restart()
      // The mail is being sent again, and the gate must not take that for the next one.
      const isSent = async () => (await stateOf(id)) === 'SENT'
      if (stage === 'recipient') await waitUntil('the mail is SENT', isSent, { withinMs: sentByMs })
    })
  }
  const verdict = await scene.judge()
  for (const [id, stage] of stages) assert.equal(await stateOf(id), expected[stage], `cut off at: ${stage}`)
  assert.equal(verdict.mails, kills, 'each arrived, noted or not')
  return verdict
})
