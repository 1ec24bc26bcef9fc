/** Floods of connections: slow, unfinished, abandoned, unread. Whatever the server cuts off is opened again. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { inLanes, runFlood, type Attack, type Flood } from './run-flood.ts'

const pauseMs = 500

function open({ origin, address }: Attack, lane: number, ofOneAddress: number): Socket {
  const localAddress = address(Math.floor(lane / ofOneAddress))
  return connect({ host: origin.hostname, port: Number(origin.port), localAddress }).on(
    'error',
    () => undefined,
  )
}

interface Held {
  readonly lanes: number
  readonly ofOneAddress: number
  /** Does not read what comes. */
  readonly unread?: boolean
}

interface Pieces {
  readonly first: string
  /** Sent again and again. Who does not read learns by it alone that they were cut off. */
  readonly drip?: string
}

const hold =
  ({ lanes, ofOneAddress, unread = false }: Held, pieces: (attack: Attack) => Pieces): Flood =>
  async (attack) => {
    await inLanes(attack, lanes, async (lane) => {
      const { first, drip = '' } = pieces(attack)
      const socket = open(attack, lane, ofOneAddress)
      if (unread) socket.pause()
      else socket.resume()
      attack.sent()
      await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined)
      socket.write(first)
      while (!socket.destroyed && attack.isWanted()) {
        await delay(pauseMs)
        if (drip !== '') socket.write(drip)
      }
      attack.met(socket.destroyed ? 'cut off' : 'held to the end')
      socket.destroy()
    })
  }

/** A connection a turn, which is left at once. */
const leave =
  (pieces: (attack: Attack) => string): Flood =>
  async (attack) => {
    await inLanes(attack, 64, async (lane) => {
      const socket = open(attack, lane, 8)
      attack.sent()
      await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined)
      socket.write(pieces(attack), () => socket.resetAndDestroy())
      await once(socket, 'close')
      attack.met('left')
    })
  }

const post = (path: string, length: number, method = 'POST', more = '') =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n`
const question = JSON.stringify({ query: '{ me { id } }' })
const asked = `${post('/graphql', question.length)}${question}`
const get = (path: unknown, more = '') => `GET ${String(path)} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`
const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
const many = { lanes: 512, ofOneAddress: 64 }

await runFlood({
  'nothing sent': hold(many, () => ({ first: '' })),
  'slow headers': hold(many, () => ({
    first: 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n',
    drip: 'X-A: b\r\n',
  })),
  'slow bodies': hold(many, () => ({
    first: `${post('/graphql', 200_000)}${' '.repeat(190_000)}`,
    drip: ' ',
  })),
  'slow uploads': hold(many, ({ given }) => ({
    first: post(String(given['path']), 1_000_000, 'PATCH', 'Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n'),
    drip: 'x',
  })),
  'half an upgrade': hold(many, () => ({ first: `GET /graphql HTTP/1.1\r\nHost: localhost\r\n${upgrade}` })),
  'unread downloads': hold({ ...many, lanes: 256, unread: true }, ({ given }) => ({
    first: get(given['path']),
  })),
  'unread pipelines': hold({ ...many, lanes: 16, unread: true }, () => ({
    first: asked.repeat(5_000),
    drip: asked,
  })),
  'large headers': leave(() => get('/', `X-A: ${'a'.repeat(60_000)}\r\n`)),
  'abandoned requests': leave(() => asked),
  'abandoned downloads': leave(({ given }) => get(given['path'], 'Range: bytes=0-\r\n')),
  'tiny ranges': leave(({ given }) => get(given['path'], 'Range: bytes=7-7\r\n').repeat(50)),
  'tus requests of strangers': leave(() =>
    ['HEAD', 'DELETE', 'OPTIONS', 'PATCH'].map((method) => post('/uploads/0/nobodys', 0, method)).join(''),
  ),
})
