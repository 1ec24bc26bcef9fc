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
  traceparent: null,
  state,
  messageId,
  reason: null,
  tries: 0,
  resends: 0,
  createdAt: at,
  sentAt: null,
})

/** `STATE`, or `unchanged` or `outdated`. */
function after(mail: MailDocument, command: MailCommand): string {
  const decision = transition(mail, command)
  if (!decision.ok) return decision.refusal.toLowerCase()
  return decision.record === mail ? 'unchanged' : decision.record.state
}

const begin: MailCommand = { type: 'begin', messageId: '<mine>' }
const conclude = (outcome: SendOutcome, messageId: string | null = '<mine>'): MailCommand => ({
  type: 'conclude',
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
const acceptedLater: MailReport = { fate: 'accepted', at }
const dropped: MailReport = { fate: 'dropped', reason: 'Bounced Address' }
const bounced: MailReport = { fate: 'bounced', reason: '550 no such user' }
const reports: readonly MailReport[] = [acceptedLater, dropped, bounced]
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
      'SENDING → outdated',
      'SENT → outdated',
      'REFUSED → outdated',
      'BOUNCED → outdated',
      'UNCONFIRMED → outdated',
    ])
  })

  it('takes a repeated begin with the same Message-ID for the one that got through', () => {
    assert.equal(after(mailIn('SENDING', '<mine>'), begin), 'unchanged')
  })

  it('concludes a try by what the transport said of it', () => {
    const sending = mailIn('SENDING', '<mine>')
    assert.equal(after(sending, conclude(accepted)), 'SENT')
    assert.equal(after(sending, conclude(deferred)), 'PENDING')
    assert.equal(after(sending, conclude(rejected)), 'REFUSED')
    assert.equal(after(sending, conclude(ambiguous)), 'UNCONFIRMED')
  })

  it('lets the sender correct a try that was given up meanwhile', () => {
    const givenUp = mailIn('UNCONFIRMED', '<mine>')
    assert.equal(after(givenUp, conclude(accepted)), 'SENT')
    assert.equal(after(givenUp, conclude(rejected)), 'REFUSED')
    assert.equal(after(givenUp, conclude(deferred)), 'PENDING')
    assert.equal(after(givenUp, conclude(ambiguous)), 'unchanged')
  })

  it('lets nobody conclude a try of somebody else', () => {
    for (const state of mailStates) {
      for (const outcome of outcomes) {
        assert.equal(after(mailIn(state, '<other>'), conclude(outcome)), 'outdated')
      }
    }
  })

  it('takes a repeated conclusion for the one that got through', () => {
    assert.equal(after(mailIn('SENT', '<mine>'), conclude(accepted)), 'unchanged')
    assert.equal(after(mailIn('REFUSED', '<mine>'), conclude(rejected)), 'unchanged')
  })

  it('records a refusal that came before any body, whatever Message-ID it was to have', () => {
    assert.equal(after(mailIn('PENDING'), conclude(deferred, null)), 'PENDING')
    assert.equal(after(mailIn('AWAITING_VERIFICATION'), conclude(deferred, null)), 'AWAITING_VERIFICATION')
    assert.equal(after(mailIn('PENDING'), conclude(rejected, null)), 'REFUSED')
    assert.equal(after(mailIn('SENDING', '<other>'), conclude(rejected, null)), 'outdated')
    assert.equal(after(mailIn('SENT', '<other>'), conclude(rejected, null)), 'outdated')
  })

  it('gives up only the very try that was seen to hang', () => {
    assert.equal(after(mailIn('SENDING', '<mine>'), { type: 'abandon', messageId: '<mine>' }), 'UNCONFIRMED')
    assert.equal(after(mailIn('SENDING', '<newer>'), { type: 'abandon', messageId: '<mine>' }), 'outdated')
    assert.equal(after(mailIn('PENDING'), { type: 'abandon', messageId: '<mine>' }), 'outdated')
  })

  it('holds a mail only before it is begun', () => {
    const reached = mailStates.map((state) => after(mailIn(state), { type: 'hold' }))
    assert.deepEqual(reached, [
      'AWAITING_VERIFICATION',
      'unchanged',
      'outdated',
      'outdated',
      'outdated',
      'outdated',
      'outdated',
    ])
  })

  it('never leaves SENT, REFUSED, BOUNCED or UNCONFIRMED for an owed state but by a refusal or a request', () => {
    const commands: MailCommand[] = [
      begin,
      { type: 'hold' },
      { type: 'abandon', messageId: '<mine>' },
      ...[accepted, rejected, ambiguous].flatMap((outcome) => [conclude(outcome), conclude(outcome, null)]),
      conclude(deferred, null),
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
      'PENDING unchanged unchanged unchanged',
      'AWAITING_VERIFICATION unchanged unchanged unchanged',
      'SENDING SENT REFUSED BOUNCED',
      'SENT unchanged REFUSED BOUNCED',
      'REFUSED unchanged unchanged unchanged',
      'BOUNCED unchanged unchanged unchanged',
      'UNCONFIRMED SENT REFUSED BOUNCED',
    ])
  })

  it('lets no report touch another try than its own', () => {
    for (const state of mailStates)
      for (const said of reports) assert.equal(after(mailIn(state, '<newer>'), report(said)), 'outdated')
  })

  it('takes the word of a sender who comes after the report for said already', () => {
    for (const outcome of outcomes) {
      for (const state of ['SENT', 'REFUSED', 'BOUNCED'] as const)
        assert.equal(after(mailIn(state, '<mine>'), conclude(outcome)), 'unchanged')
    }
  })

  it('opens a mail again at its owner’s request only where it failed, and as one that was never tried', () => {
    const reached = mailStates.map(
      (state) => `${state} → ${after(mailIn(state, '<seen>'), resend('<seen>'))}`,
    )
    assert.deepEqual(reached, [
      'PENDING → outdated',
      'AWAITING_VERIFICATION → outdated',
      'SENDING → outdated',
      'SENT → outdated',
      'REFUSED → PENDING',
      'BOUNCED → PENDING',
      'UNCONFIRMED → PENDING',
    ])
    const failed: MailDocument = { ...mailIn('BOUNCED', '<seen>'), reason: '550 no such user', sentAt: at }
    const decision = transition(failed, resend('<seen>'))
    assert.deepEqual(decision, { ok: true, record: { ...mailIn('PENDING'), resends: 1 } })
  })

  it('follows a request once, and one that comes after another failure not at all', () => {
    const request = resend(null)
    const once = (state: MailDocument['state']) => ({ ...mailIn(state), resends: 1 })
    for (const state of mailStates) assert.equal(after(once(state), request), 'unchanged')
    assert.equal(after({ ...mailIn('REFUSED'), resends: 2 }, request), 'outdated')
    assert.equal(after(mailIn('UNCONFIRMED', '<newer>'), resend('<seen>')), 'outdated')
    assert.equal(after(once('REFUSED'), resend(null, 1)), 'PENDING')
  })
})
