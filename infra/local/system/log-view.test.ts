/** What the terminal shows of a service's log. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { summarizeLogLine } from './log-view.ts'

describe('a line of a service, as the terminal shows it', () => {
  it('is nothing for ordinary news', () => {
    assert.equal(summarizeLogLine('media', '{"level":"info","msg":"ready"}'), undefined)
    assert.equal(summarizeLogLine('media', ''), undefined)
  })

  it('names the service, the gravity, the message and its cause', () => {
    const line = '{"level":"error","msg":"could not send","err":{"message":"refused"}}'
    assert.equal(summarizeLogLine('mailer', line), 'mailer: error: could not send: refused')
  })

  it('does not say the same sentence twice', () => {
    const line = '{"level":"warn","msg":"refused","err":{"message":"refused"}}'
    assert.equal(summarizeLogLine('mailer', line), 'mailer: warning: refused')
  })

  it('is one line, and not a long one, whatever the service logged', () => {
    const cause = JSON.stringify([{ code: 'invalid_type', message: 'x'.repeat(500) }], null, 2)
    const text = JSON.stringify({ level: 'warn', msg: 'a document is malformed', err: { message: cause } })
    const line = summarizeLogLine('media', text)!
    assert.match(line, /^media: warning: a document is malformed: \[ \{ "code": "invalid_type", .* …$/)
    assert.ok(line.length < 280)
  })

  it('does not command the terminal, whatever a client sent', () => {
    const hostile = 'a\u001B]0;title\u0007\u009B31m\r\u202Eb'
    for (const text of [hostile, JSON.stringify({ level: 'warn', msg: hostile })])
      assert.doesNotMatch(summarizeLogLine('media', text)!, /[\p{Cc}\p{Bidi_Control}]/u)
  })

  it('is the text itself where that is no log line', () => {
    for (const text of ['PUBLIC_URL is missing', '{"half":', '42', 'null']) {
      assert.equal(summarizeLogLine('router', text), `router: ${text}`)
    }
  })
})
