/** A proxy before a mail server that stops one session at a chosen stage: from then on nothing passes, and both connections stay open. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'

/** Where a session can be stopped: before the server is told the recipient, or when it has accepted the mail and its reply is not passed on. */
export type SmtpStage = 'recipient' | 'accepted'

export interface SmtpGate extends AsyncDisposable {
  readonly url: string
  /** Resolves when the next session was stopped at the stage; the sessions after it pass. */
  stopAt(stage: SmtpStage): Promise<void>
}

export async function createSmtpGate(target: string): Promise<SmtpGate> {
  const { hostname, port: targetPort } = new URL(target)
  let stop: { readonly stage: SmtpStage; readonly reached: () => void } | undefined
  const server = createServer((client) => {
    const upstream = connect(Number(targetPort), hostname)
    let standing = false
    let sent = ''
    const standsAt = (stage: SmtpStage) => {
      if (stop?.stage !== stage) return false
      standing = true
      stop.reached()
      stop = undefined
      return true
    }
    client.on('data', (bytes: Buffer) => {
      if (standing || (/^RCPT TO:/im.test(bytes.toString('latin1')) && standsAt('recipient'))) return
      sent = (sent + bytes.toString('latin1')).slice(-5)
      upstream.write(bytes)
    })
    upstream.on('data', (bytes: Buffer) => {
      // The end of the mail (RFC 5321, 4.1.1.4) was passed on, so this is the answer to it.
      const isAnswer = sent === '\r\n.\r\n'
      if (standing || (isAnswer && standsAt('accepted'))) return
      client.write(bytes)
    })
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      from.on('error', () => from.destroy()).once('close', () => to.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stopAt: (stage) => new Promise((reached) => (stop = { stage, reached })),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
