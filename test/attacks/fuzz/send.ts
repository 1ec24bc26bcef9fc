/** Sends what was made up, over HTTP or on a WebSocket of its own, and reads all answers to it. */
import type { Answer } from './judge-answer.ts'
import { openLiveSocket, type RawSocket } from '#test/attacks/raw-socket.ts'

/** Of whoever asks. */
export interface Asker {
  readonly origin: string
  readonly authorization: string | undefined
}

/** What a socket's close says of the token that it was to be opened with. */
const unwelcome: Answer = {
  httpStatus: null,
  errors: [{ message: 'The socket was closed.', extensions: { code: 'UNAUTHENTICATED' } }],
}

export async function sendOverHttp(
  { origin, authorization }: Asker,
  body: string,
): Promise<readonly Answer[]> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body,
  })
  return [{ httpStatus: response.status, ...((await response.json()) as object) }]
}

/** @param payload As JSON. What breaks the protocol is answered by a close, with a code for it. */
export async function sendOnSocket(
  { origin, authorization }: Asker,
  payload: string,
): Promise<readonly Answer[]> {
  const opened = await openLiveSocket(origin, authorization).catch((error: unknown) => error)
  if (opened instanceof Error && opened.message === 'closed with 4403') return [unwelcome]
  if (opened instanceof Error) throw opened
  using socket = opened as RawSocket
  socket.send(`{"type":"subscribe","id":"1","payload":${payload}}`)
  const answers: Answer[] = []
  for (;;) {
    const message = await socket.next()
    if (message === null) {
      const code = await socket.closed
      if (code < 4400 || code >= 4500) throw new Error(`the WebSocket was closed with ${code}`)
      return answers
    }
    if (message.type === 'complete') return answers
    if (message.type === 'error') return [...answers, { httpStatus: null, errors: message.payload }]
    if (message.type === 'next') answers.push({ httpStatus: null, ...(message.payload as object) })
  }
}
