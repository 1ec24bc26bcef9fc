/**
 * Keeps a MongoClient connected where mongodb 7.9.0 gives up for ever:
 * - A first connection that fails leaves a closed topology behind, and every later operation is refused (lib/mongo_client.js,
 *   _connect): a process that starts before its database would never get to it.
 * - It writes to a connection that has ended but is not closed yet, and then waits for a `drain` that never comes
 *   (lib/cmap/connection.js, writeCommand): no timeout ends that, the server stays unknown, and every operation fails.
 */
import type { MongoClient } from 'mongodb'
import { setTimeout as delay } from 'node:timers/promises'

/** Longer than the driver lets a heartbeat take: the 10 s between two and its 5 s for a connection (see connect-mongo.ts). */
const hangsAfterMs = 20_000
const pauseMs = 100

/** Connects, now and whenever a heartbeat hangs. @returns what ends that. */
export function keepConnected(client: MongoClient, hangsAfter = hangsAfterMs): Disposable {
  let patience: NodeJS.Timeout | undefined
  let ended = false
  const calm = () => clearTimeout(patience)
  const connect = async () => {
    while (!ended) {
      const connected = await client.connect().then(
        () => true,
        () => false,
      )
      if (connected) return
      await delay(pauseMs, undefined, { ref: false })
    }
  }
  const reconnect = async () => {
    if (ended) return
    await client.close()
    // The next heartbeat of the new monitor is watched like the first.
    await connect()
  }
  const watch = () => {
    calm()
    patience = setTimeout(() => void reconnect(), hangsAfter).unref()
  }
  client.on('serverHeartbeatStarted', watch)
  client.on('serverHeartbeatSucceeded', calm)
  client.on('serverHeartbeatFailed', calm)
  client.on('topologyClosed', calm)
  void connect()
  return {
    [Symbol.dispose]() {
      ended = true
      calm()
    },
  }
}
