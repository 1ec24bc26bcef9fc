/** Floods of connections: slow, unfinished, abandoned, unread. Whatever the server cuts off is opened again. */
import { get, hold, leave } from './raw-connections.ts'
import { runFlood } from './run-flood.ts'

const post = (path: string, length: number, method = 'POST') =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`
const question = JSON.stringify({ query: '{ me { id } }' })
const asked = `${post('/graphql', question.length)}${question}`
const patch = (path: string) =>
  `PATCH ${path} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 1000000\r\n\r\n`
const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
const many = { lanes: 512, ofOneAddress: 64 }
/** As many as the router may have at all. */
const all = { lanes: 10_000, ofOneAddress: 250 }
const unfinished = `${post('/graphql', 250_000)}${' '.repeat(240_000)}`

await runFlood({
  'nothing sent': hold(many, () => ({ first: '' })),
  'all connections': hold(all, () => ({ first: '' })),
  'slow headers': hold(many, () => ({
    first: 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n',
    drip: 'X-A: b\r\n',
  })),
  'slow bodies': hold(many, () => ({
    first: `${post('/graphql', 200_000)}${' '.repeat(190_000)}`,
    drip: ' ',
  })),
  'many large bodies': hold({ ...all, lanes: 4_000 }, () => ({ first: unfinished })),
  'slow uploads': hold(many, ({ given }, lane) => ({
    first: patch((given['uploads'] as string[])[lane % 50]!),
    drip: 'x',
  })),
  'half an upgrade': hold(many, () => ({ first: `GET /graphql HTTP/1.1\r\nHost: localhost\r\n${upgrade}` })),
  'unread pipelines': hold({ ...many, lanes: 16, unread: true }, () => ({
    first: asked.repeat(5_000),
    drip: asked,
  })),
  'large headers': leave(() => get('/', `X-A: ${'a'.repeat(60_000)}\r\n`)),
  'abandoned requests': leave(() => asked),
  'abandoned upgrades': leave(() => get('/graphql', upgrade)),
  'tus requests of strangers': leave(() =>
    ['HEAD', 'DELETE', 'OPTIONS', 'PATCH'].map((method) => post('/uploads/0/nobodys', 0, method)).join(''),
  ),
})
