/**
 * Frees a MongoClient whose monitor hangs. mongodb 7.9.0 writes to a connection that has ended but is not closed yet,
 * and then waits for a `drain` that never comes (lib/cmap/connection.js, writeCommand): no timeout ends that, the
 * server stays unknown, and every operation fails for as long as the process lives.
 */
import type { MongoClient } from 'mongodb'

/** Longer than the driver lets a heartbeat take: the 10 s between two and its 5 s for a connection (see mongo.ts). */
const hangsAfterMs = 20_000

/** @returns what ends the watch. */
export function watchHeartbeats(client: MongoClient, afterMs = hangsAfterMs): Disposable {
  let patience: NodeJS.Timeout | undefined
  let ended = false
  const calm = () => clearTimeout(patience)
  const reconnect = async () => {
    if (ended) return
    await client.close()
    // Fails while the server is away; the next heartbeat of the new monitor is watched like the first.
    while (!ended) {
      const connected = await client.connect().then(
        () => true,
        () => false,
      )
      if (connected) return
    }
  }
  const watch = () => {
    calm()
    patience = setTimeout(() => void reconnect(), afterMs).unref()
  }
  client.on('serverHeartbeatStarted', watch)
  client.on('serverHeartbeatSucceeded', calm)
  client.on('serverHeartbeatFailed', calm)
  client.on('topologyClosed', calm)
  return {
    [Symbol.dispose]() {
      ended = true
      calm()
    },
  }
}
