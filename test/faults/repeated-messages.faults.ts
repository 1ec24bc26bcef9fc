/** A broker that delivers everything again and again: each message arrives ten times. */
import assert from 'node:assert/strict'
import { connect, type ConsumeMessage } from 'amqplib'
import { exchanges, queues } from '#runtime/rabbit/topology.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'

const copies = 9
const copied = 'x-copied'

interface Repeater extends AsyncDisposable {
  /** How many copies were published so far. */
  readonly published: number
}

/** Consumes what is published to our exchanges, and publishes it again. */
async function repeatEverything(url: string): Promise<Repeater> {
  const connection = await connect(url)
  const channel = await connection.createChannel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  await channel.bindQueue(queue, exchanges.commands, queues.convert)
  for (const exchange of [exchanges.events, exchanges.progress]) await channel.bindQueue(queue, exchange, '#')
  let published = 0
  const repeat = ({ fields, properties, content }: ConsumeMessage) => {
    const headers = { ...properties.headers, [copied]: true }
    if (properties.headers?.[copied] === true) return
    for (let copy = 0; copy < copies; copy++)
      channel.publish(fields.exchange, fields.routingKey, content, { ...properties, headers })
    published += copies
  }
  await channel.consume(queue, (message) => message && repeat(message), { noAck: true })
  return {
    get published() {
      return published
    },
    [Symbol.asyncDispose]: () => connection.close(),
  }
}

testScenario('every message delivered ten times', { faults: { short: 90, long: 2_000 } }, async (faults) => {
  await using scene = await startScene()
  await scene.system.addService('converter', 'converter-2')
  await using repeater = await repeatEverything(scene.system.deployment.rabbitmqUrl)
  const path = await makeSample(scene.directory, 'mp4-aac')
  while (repeater.published < faults) await Promise.all([1, 2, 3].map(() => scene.order(path)))
  const verdict = await scene.judge()
  assert.ok(verdict.documents.every(({ status, attempt }) => status === 'SUCCEEDED' && attempt === 1))
  return { ...verdict, injected: repeater.published }
})
