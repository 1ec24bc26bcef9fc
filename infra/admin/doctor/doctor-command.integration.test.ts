import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { Command } from 'commander'
import { startDnsServer } from '#test/harness/dns-server.ts'
import { testServer } from '#test/harness/environment.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { createSmtpDouble } from '#mailer/transport/testing/smtp-double.ts'
import { OperatorError } from '#infra/admin/operator-error.ts'
import { addDoctorCommand } from './doctor-command.ts'

describe('earshot admin doctor', () => {
  const well = {
    MONGODB_URL: `${testServer('TEST_MONGODB_URL')}/doctor`,
    RABBITMQ_URL: testServer('TEST_RABBITMQ_URL'),
    FFMPEG_PATH: ffmpegPath,
    FFPROBE_PATH: ffprobePath,
  }
  const run = async (env: NodeJS.ProcessEnv, ...args: string[]) => {
    let written = ''
    const program = new Command()
    addDoctorCommand(program, env, { write: (text) => ((written += String(text)), true) })
    const failure = await program.parseAsync(['doctor', ...args], { from: 'user' }).then(
      () => undefined,
      (error: unknown) => error,
    )
    // Each finding on one line.
    return { written: written.replaceAll(/\n +/g, ' '), failure }
  }

  it('says what protects ffmpeg, that the servers answer, and what it was not told', async () => {
    const { written, failure } = await run(well)
    assert.equal(failure, undefined, written)
    assert.match(written, /^ffmpeg +runs under: namespaces, system call filter, resource limits, /m)
    assert.match(written, /^broker +answers/m)
    assert.match(written, /^database +answers/m)
    assert.match(written, /^clock +the database agrees with this machine/m)
    assert.match(written, /^queue +no conversion waits/m)
    assert.match(written, /^set aside +no message was set aside/m)
    assert.match(written, /^processes +MIND: none was asked; name .*--metrics/m)
    assert.match(written, /^public +MIND: PUBLIC_URL is not set here/m)
  })

  it('names every check that fails, what to do, and fails itself', async () => {
    const { written, failure } = await run({
      ...well,
      FFMPEG_PATH: '/nowhere/ffmpeg',
      MONGODB_URL: 'mongodb://127.0.0.1:1/x',
      PUBLIC_URL: 'http://127.0.0.1:1',
    })
    assert.ok(failure instanceof OperatorError)
    assert.match(written, /^ffmpeg +failed: there is no executable \/nowhere\/ffmpeg; install ffmpeg/m)
    assert.match(written, /^broker +answers/m)
    assert.match(
      written,
      /^database +failed: it does not answer at 127\.0\.0\.1:1 \(MONGODB_URL\): .*; start it, .*npm start/m,
    )
    assert.match(written, /^public +failed: http:\/\/127\.0\.0\.1:1 does not answer: .*; see that its name/m)
  })

  it('sends a test mail, and asks the DNS about the domain that it comes from', async () => {
    await using smtp = await createSmtpDouble()
    await using dns = await startDnsServer({
      'mail.example.com': ['v=spf1 include:example.net -all', `a long one ${'x'.repeat(400)}`],
      'k1._domainkey.mail.example.com': ['v=DKIM1; p=MIGf'],
    })
    const env = { ...well, SMTP_URL: smtp.url, MAIL_FROM: 'Earshot <no-reply@mail.example.com>' }
    const args = ['--mail', 'ann@example.org', '--dkim', 'k1', '--dns', dns.address]
    const { written, failure } = await run(env, ...args)
    assert.ok(failure instanceof OperatorError)
    assert.match(written, /^mail +SPF: v=spf1 include:example\.net -all$/m)
    assert.match(written, /^mail +DKIM: there is a key at k1\._domainkey/m)
    assert.match(written, /^mail +failed: DMARC: mail\.example\.com has none; publish /m)
    assert.match(written, /^mail +a test mail to ann@example\.org was accepted/m)
    assert.deepEqual(smtp.recipients, ['ann@example.org'])
    smtp.behave({ recipient: 550 })
    assert.match(
      (await run(env, ...args)).written,
      /^mail +failed: a test mail was refused: 550 .*; see SMTP_URL/m,
    )
  })

  it('tells of a process that is not ready what it waits for', async () => {
    const server = createServer(({ url }, response) => {
      if (url === '/metrics') response.end('earshot_build_info{service="media",version="1.0.0"} 1\n')
      else response.writeHead(503).end(JSON.stringify({ status: 'waiting', waitingFor: ['MongoDB'] }))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
    const { written, failure } = await run(well, '--metrics', url)
    server.close()
    assert.ok(failure instanceof OperatorError)
    assert.match(written, /^processes +failed: media at \S+ is waiting: it waits for MongoDB; look at/m)
  })
})
