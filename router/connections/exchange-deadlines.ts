/** Ends requests that do not come, and answers that are not taken: each holds a connection. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { isBytePath } from '#router/bytes/byte-paths.ts'

export interface ExchangeDeadlines {
  readonly exchangeTimeoutMs: number
  readonly uploadLeastBytes: number
  readonly uploadLeastWithinMs: number
}

/** Node's own timeout for whole requests must be off: it knows no uploads. */
export function setExchangeDeadlines(server: Server, deadlines: ExchangeDeadlines): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isBytePath(request.url ?? '')) watchUpload(request, deadlines)
    else endInTime(request, response, deadlines.exchangeTimeoutMs)
  })
}

/** Cuts off who does not send a request, or does not take its answer, within the time. How long we need for the answer is ours. */
function endInTime(request: IncomingMessage, response: ServerResponse, timeoutMs: number): void {
  let isAnswered = false
  const watch = setInterval(() => {
    if (!request.complete || isAnswered) request.socket.destroy()
    isAnswered = response.writableEnded
  }, timeoutMs)
  watch.unref()
  // An answer may come before the request's last byte, for which Node then waits: so both must have ended.
  const settle = () => {
    if (response.closed && (request.complete || request.socket.destroyed)) clearInterval(watch)
  }
  request.once('close', settle)
  response.once('close', settle)
}

/** What a watch looks at. */
export type WatchedUpload = Pick<IncomingMessage, 'complete' | 'readableLength' | 'isPaused'> & {
  readonly socket: { readonly bytesRead: number; readonly destroyed: boolean; destroy(): void }
}

export function watchUpload(request: WatchedUpload, deadlines: ExchangeDeadlines): void {
  const { socket } = request
  let seenBytes = socket.bytesRead
  const watch = setInterval(() => {
    if (request.complete || socket.destroyed) return clearInterval(watch)
    const cameBytes = socket.bytesRead - seenBytes
    seenBytes = socket.bytesRead
    // Bytes that wait for us are not late by the client's fault.
    const isWaitedFor = request.readableLength === 0 && !request.isPaused()
    if (isWaitedFor && cameBytes < deadlines.uploadLeastBytes) socket.destroy()
  }, deadlines.uploadLeastWithinMs)
  watch.unref()
}
