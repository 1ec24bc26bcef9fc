import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { mailStates } from '#schema/documents/mail-document.ts'
import { transition, type MailCommand } from './mail-transition.ts'
import type { MailReport, SendOutcome } from '#mailer/transport/mail-transport.ts'

const at = new Date('2026-01-01T00:00:00Z')

const mailIn = (state: MailDocument['state'], messageId: string | null = null): MailDocument => ({
  _id: 'conversion-1:conversionSucceeded',
  kind: 'conversionSucceeded',
  userId: 'user-1',
  conversionId: 'conversion-1',
  state,
  messageId,
  reason: null,
  tries: 0,
  resends: 0,
  createdAt: at,
  sentAt: null,
})

/** `STATE`, or `done` or `stale`. */
function after(mail: MailDocument, command: MailCommand): string {
  const verdict = transition(mail, command)
  return verdict.type === 'replace' ? verdict.document.state : verdict.type
}

const begin: MailCommand = { type: 'begin', messageId: '<mine>' }
const settle = (outcome: SendOutcome, messageId: string | null = '<mine>'): MailCommand => ({
  type: 'settle',
  messageId,
  outcome,
  at,
})
const accepted: SendOutcome = { type: 'accepted' }
const deferred: SendOutcome = { type: 'refused', permanent: false, reason: '450 later' }
const rejected: SendOutcome = { type: 'refused', permanent: true, reason: '550 never' }
const ambiguous: SendOutcome = { type: 'ambiguous', reason: 'ECONNECTION' }
const report = (said: MailReport, messageId = '<mine>'): MailCommand => ({
  type: 'report',
  messageId,
  report: said,
})
const taken: MailReport = { fate: 'taken', at }
const dropped: MailReport = { fate: 'dropped', reason: 'Bounced Address' }
const bounced: MailReport = { fate: 'bounced', reason: '550 no such user' }
const reports: readonly MailReport[] = [taken, dropped, bounced]
const resend = (messageId: string | null, resends = 0): MailCommand => ({
  type: 'resend',
  messageId,
  resends,
})
const outcomes: readonly SendOutcome[] = [accepted, deferred, rejected, ambiguous]

describe('mail transition', () => {
  it('begins a mail only while it is owed', () => {
    const reached = mailStates.map((state) => `${state} → ${after(mailIn(state, '<other>'), begin)}`)
    assert.deepEqual(reached, [
      'PENDING → SENDING',
      'AWAITING_VERIFICATION → SENDING',
      'SENDING → stale',
      'SENT → stale',
      'REFUSED → stale',
      'BOUNCED → stale',
      'UNCONFIRMED → stale',
    ])
  })

  it('takes a repeated begin with the same Message-ID for the one that got through', () => {
    assert.equal(after(mailIn('SENDING', '<mine>'), begin), 'done')
  })

  it('settles a try by what the transport said of it', () => {
    const sending = mailIn('SENDING', '<mine>')
    assert.equal(after(sending, settle(accepted)), 'SENT')
    assert.equal(after(sending, settle(deferred)), 'PENDING')
    assert.equal(after(sending, settle(rejected)), 'REFUSED')
    assert.equal(after(sending, settle(ambiguous)), 'UNCONFIRMED')
  })

  it('lets the sender correct a try that was given up meanwhile', () => {
    const givenUp = mailIn('UNCONFIRMED', '<mine>')
    assert.equal(after(givenUp, settle(accepted)), 'SENT')
    assert.equal(after(givenUp, settle(rejected)), 'REFUSED')
    assert.equal(after(givenUp, settle(deferred)), 'PENDING')
    assert.equal(after(givenUp, settle(ambiguous)), 'done')
  })

  it('lets nobody settle a try of somebody else', () => {
    for (const state of mailStates) {
      for (const outcome of outcomes) {
        assert.equal(after(mailIn(state, '<other>'), settle(outcome)), 'stale')
      }
    }
  })

  it('takes a repeated settling for the one that got through', () => {
    assert.equal(after(mailIn('SENT', '<mine>'), settle(accepted)), 'done')
    assert.equal(after(mailIn('REFUSED', '<mine>'), settle(rejected)), 'done')
  })

  it('records a refusal that came before any body, whatever Message-ID it was to have', () => {
    assert.equal(after(mailIn('PENDING'), settle(deferred, null)), 'PENDING')
    assert.equal(after(mailIn('AWAITING_VERIFICATION'), settle(deferred, null)), 'AWAITING_VERIFICATION')
    assert.equal(after(mailIn('PENDING'), settle(rejected, null)), 'REFUSED')
    assert.equal(after(mailIn('SENDING', '<other>'), settle(rejected, null)), 'stale')
    assert.equal(after(mailIn('SENT', '<other>'), settle(rejected, null)), 'stale')
  })

  it('gives up only the very try that was seen to hang', () => {
    assert.equal(after(mailIn('SENDING', '<mine>'), { type: 'abandon', messageId: '<mine>' }), 'UNCONFIRMED')
    assert.equal(after(mailIn('SENDING', '<newer>'), { type: 'abandon', messageId: '<mine>' }), 'stale')
    assert.equal(after(mailIn('PENDING'), { type: 'abandon', messageId: '<mine>' }), 'stale')
  })

  it('holds a mail only before it is begun', () => {
    const reached = mailStates.map((state) => after(mailIn(state), { type: 'hold' }))
    assert.deepEqual(reached, ['AWAITING_VERIFICATION', 'done', 'stale', 'stale', 'stale', 'stale', 'stale'])
  })

  it('never leaves SENT, REFUSED, BOUNCED or UNCONFIRMED for an owed state but by a refusal or a wish', () => {
    const commands: MailCommand[] = [
      begin,
      { type: 'hold' },
      { type: 'abandon', messageId: '<mine>' },
      ...[accepted, rejected, ambiguous].flatMap((outcome) => [settle(outcome), settle(outcome, null)]),
      settle(deferred, null),
      ...reports.map((said) => report(said)),
    ]
    for (const state of ['SENT', 'REFUSED', 'BOUNCED', 'UNCONFIRMED'] as const) {
      for (const command of commands) {
        assert.equal(
          ['PENDING', 'AWAITING_VERIFICATION', 'SENDING'].includes(after(mailIn(state, '<mine>'), command)),
          false,
        )
      }
    }
  })

  it('moves a mail only forward by what the provider reports, however often and in whatever order', () => {
    const reached = mailStates.map((state) =>
      [state, ...reports.map((said) => after(mailIn(state, '<mine>'), report(said)))].join(' '),
    )
    assert.deepEqual(reached, [
      'PENDING done done done',
      'AWAITING_VERIFICATION done done done',
      'SENDING SENT REFUSED BOUNCED',
      'SENT done REFUSED BOUNCED',
      'REFUSED done done done',
      'BOUNCED done done done',
      'UNCONFIRMED SENT REFUSED BOUNCED',
    ])
  })

  it('lets no report touch another try than its own', () => {
    for (const state of mailStates)
      for (const said of reports) assert.equal(after(mailIn(state, '<newer>'), report(said)), 'stale')
  })

  it('takes the word of a sender who comes after the report for said already', () => {
    for (const outcome of outcomes) {
      for (const state of ['SENT', 'REFUSED', 'BOUNCED'] as const)
        assert.equal(after(mailIn(state, '<mine>'), settle(outcome)), 'done')
    }
  })

  it('owes a mail again by its wish only where it failed, and as one that was never tried', () => {
    const reached = mailStates.map(
      (state) => `${state} → ${after(mailIn(state, '<seen>'), resend('<seen>'))}`,
    )
    assert.deepEqual(reached, [
      'PENDING → stale',
      'AWAITING_VERIFICATION → stale',
      'SENDING → stale',
      'SENT → stale',
      'REFUSED → PENDING',
      'BOUNCED → PENDING',
      'UNCONFIRMED → PENDING',
    ])
    const failed: MailDocument = { ...mailIn('BOUNCED', '<seen>'), reason: '550 no such user', sentAt: at }
    const verdict = transition(failed, resend('<seen>'))
    assert.deepEqual(verdict, { type: 'replace', document: { ...mailIn('PENDING'), resends: 1 } })
  })

  it('follows a wish once, and one that comes after another failure not at all', () => {
    const wish = resend(null)
    const once = (state: MailDocument['state']) => ({ ...mailIn(state), resends: 1 })
    for (const state of mailStates) assert.equal(after(once(state), wish), 'done')
    assert.equal(after({ ...mailIn('REFUSED'), resends: 2 }, wish), 'stale')
    assert.equal(after(mailIn('UNCONFIRMED', '<newer>'), resend('<seen>')), 'stale')
    assert.equal(after(once('REFUSED'), resend(null, 1)), 'PENDING')
  })
})
