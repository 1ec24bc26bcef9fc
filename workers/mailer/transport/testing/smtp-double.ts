/** A real SMTP server for tests, that takes mails or misbehaves as it is told. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** What the server does with the next mail. */
export type SmtpBehaviour =
  | 'accept'
  /** Answers the recipient, or the body's end, with this code. */
  | { readonly recipient: number }
  | { readonly body: number }
  /** Cuts the connection in the middle of the body, or after its end but before the answer. */
  | 'drop-in-body'
  | 'drop-after-body'
  /** Takes the mail and never says so. */
  | 'silent-after-body'

export interface SmtpDouble extends AsyncDisposable {
  readonly url: string
  /** Every mail whose end was received and that was not refused, as it came. */
  readonly taken: string[]
  readonly recipients: string[]
  /** For the next mails in turn; `accept` from then on. */
  behave(...behaviours: SmtpBehaviour[]): void
}

export async function createSmtpDouble(): Promise<SmtpDouble> {
  const taken: string[] = []
  const recipients: string[] = []
  let plan: SmtpBehaviour[] = []
  const current = () => plan[0] ?? 'accept'
  const refusal = (code: number) =>
    Object.assign(new Error(`no such luck for <user@example.com>`), { responseCode: code })
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, _session, done) {
      const behaviour = current()
      if (typeof behaviour === 'object' && 'recipient' in behaviour) {
        plan.shift()
        return done(refusal(behaviour.recipient))
      }
      recipients.push(address)
      done()
    },
    onData(stream, session, done) {
      const behaviour = current()
      plan.shift()
      const cut = () => [...server.connections].find((connection) => connection.id === session.id)?.close()
      if (behaviour === 'drop-in-body') {
        stream.once('data', cut).resume()
        return
      }
      text(stream).then((raw) => {
        if (typeof behaviour === 'object' && 'body' in behaviour) return done(refusal(behaviour.body))
        taken.push(raw)
        if (behaviour === 'drop-after-body') return cut()
        if (behaviour !== 'silent-after-body') done()
        // The client may leave in the middle of the body.
      }, done)
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    recipients,
    behave: (...behaviours) => void (plan = behaviours),
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
