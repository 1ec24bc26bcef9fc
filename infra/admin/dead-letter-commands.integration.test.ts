import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { connect, type ConfirmChannel } from 'amqplib'
import { Command } from 'commander'
import { pino } from 'pino'
import { deadQueue, exchanges, queues } from '#runtime/rabbit/topology.ts'
import { connectRawBroker, type RawBroker } from '#runtime/rabbit/testing/raw-broker.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'
import { addDeadLetterCommands } from './dead-letter-commands.ts'
import { OperatorError } from './operator-error.ts'

describe('earshot admin dead-letters', () => {
  let resources: AsyncDisposableStack
  let broker: RawBroker
  let url: string
  let publishing: ConfirmChannel
  beforeEach(async () => {
    resources = new AsyncDisposableStack()
    const vhost = resources.use(await createTestVhost())
    url = vhost.url
    resources.use(await connectRabbit(url, pino({ level: 'silent' })))
    broker = resources.use(await connectRawBroker(url))
    const connection = await connect(url)
    resources.defer(() => connection.close())
    publishing = await connection.createConfirmChannel()
  })
  afterEach(() => resources.disposeAsync())

  const run = async (...args: string[]) => {
    let written = ''
    const output = { write: (text: string) => ((written += text), true) } as NodeJS.WritableStream
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
    addDeadLetterCommands(program, { RABBITMQ_URL: url }, output)
    await program.parseAsync(['dead-letters', ...args], { from: 'user' })
    return written
  }
  const list = async (...args: string[]) =>
    (await run('list', '--json', ...args))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: string; body: string })
  const ids = async (...args: string[]) => (await list(...args)).map(({ id }) => id)

  /** Puts a message among the dead, as a consumer does. */
  const die = async (
    queue: 'convert' | 'mail',
    messageId: string | undefined,
    content: string,
    headers = {},
  ) => {
    publishing.publish(exchanges.commands, deadQueue(queue), Buffer.from(content), {
      headers,
      ...(messageId !== undefined && { messageId }),
    })
    await publishing.waitForConfirms()
  }

  it('lists what lies in every queue, and leaves it there', async () => {
    await die('convert', 'a', '{"n":1}', {
      reason: 'no\u001b[31m good\nat all',
      setAsideAt: '2026-01-02T03:04:05.000Z',
      tries: 5,
      requestId: 'request-1',
    })
    await die('mail', 'b', 'not JSON')
    const lines = (await run('list')).split('\n')
    assert.equal(lines[0], 'a  convert  2026-01-02T03:04:05.000Z  tries 5  no [31m good at all')
    assert.equal(lines[1], 'b  mail     -  tries 0  ')
    assert.deepEqual(await ids(), ['a', 'b'])
    assert.deepEqual(await ids('--queue', 'mail'), ['b'])
  })

  it('says so where none was set aside', async () => {
    assert.equal(await run('list'), 'No message was set aside.\n')
    assert.equal(await run('list', '--json'), '')
  })

  it('shows one with its body and the request it came from', async () => {
    await die('convert', 'a', '{"n":1}', { requestId: 'request-1' })
    const shown = JSON.parse(await run('show', 'a')) as Record<string, unknown>
    assert.equal(shown['body'], '{"n":1}')
    assert.equal(shown['requestId'], 'request-1')
  })

  it('replays the chosen ones to their queue, as they were, with their request id and version and a fresh count', async () => {
    await die('convert', 'a', '{"n":1}', { requestId: 'request-1', version: 7, tries: 5 })
    await die('convert', 'b', '{"n":2}')
    await run('replay', 'a')
    assert.deepEqual(await ids(), ['b'])
    const message = await broker.next(queues.convert)
    assert.equal(message.body, '{"n":1}')
    assert.deepEqual(message.headers, { requestId: 'request-1', version: 7 })
    assert.equal((await broker.count(queues.convert)).ready, 0)
  })

  it('drops the chosen ones, or all of a queue, and sends them nowhere', async () => {
    for (const id of ['a', 'b', 'c']) await die('mail', id, id)
    await die('convert', 'd', 'd')
    await run('drop', 'b')
    assert.deepEqual(await ids(), ['d', 'a', 'c'])
    await run('drop', '--all', '--queue', 'mail')
    assert.deepEqual(await ids(), ['d'])
    assert.equal((await broker.count(queues.mail)).ready, 0)
  })

  it('shows nothing that a terminal obeys, nor what turns the direction of text', async () => {
    const hostile = '\u001B[2J\u009B2J\u202Egpj.exe'
    await die('mail', `a${hostile}`, hostile, { reason: hostile })
    const shown = [await run('list'), await run('list', '--json'), await run('show', `a${hostile}`)].join('')
    assert.match(shown, /gpj\.exe/)
    assert.doesNotMatch(shown, /(?!\n)[\p{Cc}\p{Bidi_Control}]/u)
  })

  it('names messages that came without an id by their contents', async () => {
    await die('convert', undefined, 'anonymous')
    const [id] = await ids()
    assert.match(id!, /^[0-9a-f]{32}$/)
    await run('drop', id!)
    assert.deepEqual(await ids(), [])
  })

  it('says which ids are not there, and has seen to the others', async () => {
    await die('mail', 'a', 'a')
    await assert.rejects(run('drop', 'a', 'nowhere'), new OperatorError('There is no dead letter nowhere.'))
    assert.deepEqual(await ids(), [])
  })

  it('asks for ids or --all, not both and not neither', async () => {
    await assert.rejects(run('drop'), OperatorError)
    await assert.rejects(run('replay', 'a', '--all'), OperatorError)
  })
})
