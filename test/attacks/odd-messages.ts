/** Messages on a WebSocket that are out of order, or of no form. */

const payload = { query: '{ me { id } }' }

/** What is sent on a new socket, and the code that it is closed with. */
export const oddMessages: readonly (readonly [what: string, messages: readonly unknown[], code: number])[] = [
  ['no JSON', ['{'], 4400],
  ['null', ['null'], 4400],
  ['a list', ['[]'], 4400],
  ['no type', [{}], 4400],
  ['an unknown type', [{ type: 'start', id: '1', payload }], 4400],
  ['a type that every object has', [{ type: 'constructor' }], 4400],
  ['a message of a server', [{ type: 'connection_ack' }], 4400],
  ['an operation before the greeting', [{ type: 'subscribe', id: '1', payload }], 4401],
  ['a greeting without a token', [{ type: 'connection_init' }], 4403],
  ['a payload that is a text', [{ type: 'connection_init', payload: 'token' }], 4400],
]

/** The same on a socket that was welcomed. */
export const oddMessagesLater: typeof oddMessages = [
  ['a second greeting', [{ type: 'connection_init' }], 4429],
  ['an operation without an id', [{ type: 'subscribe', payload }], 4400],
  ['an operation with an empty id', [{ type: 'subscribe', id: '', payload }], 4400],
  ['an operation whose id is a number', [{ type: 'subscribe', id: 1, payload }], 4400],
  ['an operation without a payload', [{ type: 'subscribe', id: '1' }], 4400],
  ['a query that is an object', [{ type: 'subscribe', id: '1', payload: { query: {} } }], 4400],
  [
    'variables that are a text',
    [{ type: 'subscribe', id: '1', payload: { ...payload, variables: '' } }],
    4400,
  ],
  ['a result of a server', [{ type: 'next', id: '1', payload: {} }], 4400],
  ['a message larger than one may be', [`"${'a'.repeat(300_000)}"`], 1009],
  [
    'two operations of one id',
    Array.from({ length: 2 }, () => ({
      type: 'subscribe',
      id: '1',
      payload: { query: 'subscription { conversionUpdated(id: "none") { status } }' },
    })),
    4409,
  ],
]
