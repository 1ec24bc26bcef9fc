/** Sends e-mails to an SMTP server (RFC 5321), one connection a mail. */
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopback, waivesTls } from '#runtime/process/insecure-transport.ts'
import { outcomeOfSmtpError } from './smtp-outcome.ts'
import { automaticHeaders, type MailMessage, type MailTransport, type SendOutcome } from './mail-transport.ts'

export interface SmtpTimeouts {
  /** For each of: the connection, the greeting. */
  readonly connectMs: number
  /** Without a byte from the server. */
  readonly silenceMs: number
}

const defaultTimeouts: SmtpTimeouts = { connectMs: 10_000, silenceMs: 60_000 }

/**
 * The URL may carry nodemailer's connection options as parameters. Without `?requireTLS=false` or `?ignoreTLS=true` nothing
 * is sent to another machine before TLS is up: whoever takes STARTTLS out of a server's greeting would read along.
 */
export function createSmtpTransport(url: string, timeouts: SmtpTimeouts = defaultTimeouts): MailTransport {
  const { auth, ...options } = parseConnectionUrl(url)
  const open = async () => {
    const connection = new SMTPConnection({
      requireTLS: !isLoopback(url) && !waivesTls(url),
      ...options,
      connectionTimeout: timeouts.connectMs,
      greetingTimeout: timeouts.connectMs,
      socketTimeout: timeouts.silenceMs,
    })
    return await signedIn(connection, auth)
  }
  return {
    async send(message, beforeBody) {
      const raw = await compose(message)
      let connection: SMTPConnection
      try {
        connection = await open()
      } catch (error) {
        return outcomeOfSmtpError(error, 'session')
      }
      try {
        return await transfer(connection, message, raw, beforeBody)
      } finally {
        connection.close()
      }
    },
  }
}

interface Credentials {
  readonly user?: string
  readonly pass?: string
}

function signedIn(connection: SMTPConnection, credentials: Credentials | undefined): Promise<SMTPConnection> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      connection.close()
      reject(error)
    }
    // Stays for good: an error after this promise is settled also reaches the callback of `send`.
    connection.on('error', fail)
    connection.connect((error) => {
      if (error) return fail(error)
      if (credentials === undefined) return resolve(connection)
      connection.login(credentials, (loginError) => (loginError ? fail(loginError) : resolve(connection)))
    })
  })
}

/**
 * The body is a stream that nodemailer starts to read only after the server's 354, so `beforeBody` runs between
 * that answer and the first byte.
 */
async function transfer(
  connection: SMTPConnection,
  message: MailMessage,
  raw: Buffer,
  beforeBody: () => Promise<void>,
): Promise<SendOutcome> {
  let over = false
  let bodyBegun = false
  let permission: Promise<void> | undefined
  const body = Readable.from(
    (async function* () {
      permission = beforeBody()
      await permission
      if (over) return
      bodyBegun = true
      yield raw
    })(),
    { objectMode: false },
  )
  const envelope = { from: message.from.address, to: [message.to], size: raw.length }
  const failure = await new Promise<Error | null>((resolve) => {
    connection.send(envelope, body, (error) => resolve(error))
  })
  over = true
  await permission
  if (failure === null) return { type: 'accepted' }
  return outcomeOfSmtpError(failure, bodyBegun ? 'body' : 'envelope')
}

async function compose(message: MailMessage): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: message.from.name, address: message.from.address },
    // An object, so that nothing in the address can make it two recipients.
    to: { name: '', address: message.to },
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId: message.messageId,
    headers: automaticHeaders,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return await composer.compile().build()
}
