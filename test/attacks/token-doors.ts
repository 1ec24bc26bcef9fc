/** Every place that takes an access token, as one question: is this token good? */
import { randomUUID } from 'node:crypto'
import { askSubgraph } from './ask-subgraph.ts'
import type { AttackedSystem } from './attacked-system.ts'
import { openLiveSocket, openRawSocket } from './raw-socket.ts'

export interface TokenDoor {
  /** How a token is refused that is not good. */
  readonly refusal: string
  /**
   * Resolves to `taken`, or to how the Authorization header is refused.
   * @param good One that is good, where something must be opened first.
   */
  knock(attacked: AttackedSystem, authorization: string, good: string): Promise<string>
}

export const taken = 'taken'

const query = '{ me { id } }'

export const tokenDoors: Readonly<Record<string, TokenDoor>> = {
  'over HTTP': {
    refusal: '401 UNAUTHENTICATED',
    knock: async ({ origin }, authorization) =>
      await outcomeOf(
        await fetch(`${origin}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body: JSON.stringify({ query }),
        }),
      ),
  },
  'on a new WebSocket': {
    refusal: '4403',
    knock: async ({ origin }, authorization) => {
      using live = await openRawSocket(origin)
      live.send({ type: 'connection_init', payload: { authorization } })
      return (await live.next())?.type === 'connection_ack' ? taken : String(await live.closed)
    },
  },
  'in the ping that renews one': {
    refusal: '4403',
    knock: async ({ origin }, authorization, good) => {
      using live = await openLiveSocket(origin, good)
      live.send({ type: 'ping', payload: { authorization } })
      // It is answered whatever comes of the token; what is asked afterwards tells.
      await live.next()
      live.send({ type: 'subscribe', id: '1', payload: { query } })
      return (await live.next())?.type === 'next' ? taken : String(await live.closed)
    },
  },
  'where an upload is created': {
    refusal: '401 UNAUTHENTICATED',
    knock: async ({ origin }, authorization) => await outcomeOf(await createUpload(origin, authorization)),
  },
  'at auth itself': {
    refusal: '401 UNAUTHENTICATED',
    knock: async (attacked, authorization) =>
      await outcomeOf(await askSubgraph(attacked, 'auth', { query, authorization })),
  },
  'at media itself': {
    refusal: '401 UNAUTHENTICATED',
    knock: async (attacked, authorization) =>
      await outcomeOf(await askSubgraph(attacked, 'media', { query: '{ __typename }', authorization })),
  },
  'at media itself, where an upload is created': {
    refusal: '401 UNAUTHENTICATED',
    knock: async ({ system }, authorization) =>
      await outcomeOf(await createUpload(system.deployment.origins.media, authorization)),
  },
}

const createUpload = (origin: string, authorization: string) =>
  fetch(`${origin}/uploads`, {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '10',
      'upload-metadata': `idempotencyKey ${Buffer.from(randomUUID()).toString('base64')}`,
      authorization,
    },
  })

interface ErrorBody {
  readonly code?: string
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[]
}

/** `taken`, or the status and the code of a refusal. */
export async function outcomeOf(response: Response): Promise<string> {
  const text = await response.text()
  const { code, errors } = (text.startsWith('{') ? JSON.parse(text) : {}) as ErrorBody
  const refused = code ?? errors?.[0]?.extensions.code
  return response.ok && refused === undefined ? taken : `${response.status} ${refused}`
}
