import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { fastify, type FastifyInstance } from 'fastify'
import { addPages } from './pages.ts'

const pages = async (isDevelopment: boolean) => {
  const http = fastify()
  await addPages(http, { isDevelopment })
  return http
}

/** Where a page would load something from, other than itself. */
const outside = /(?:src|href)="(?!data:)[^"]+"|@import|url\((?!["']?data:|#)[^)]*\)/

describe('the pages in development', () => {
  let http: FastifyInstance
  before(async () => {
    http = await pages(true)
  })
  after(() => http.close())

  it('include GraphiQL, whole in itself, that sends its headers when it opens a WebSocket', async () => {
    const { statusCode, headers, body } = await http.inject('/graphql')
    assert.equal(statusCode, 200)
    assert.match(String(headers['content-type']), /text\/html/)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /script-src 'sha256-[\w+/=]+';/)
    const markup =
      body.slice(0, body.indexOf('<style>')) +
      body.slice(body.lastIndexOf('</style>'), body.indexOf('<script>'))
    assert.doesNotMatch(markup, outside)
    const options = body.slice(body.lastIndexOf('YogaGraphiQL.renderYogaGraphiQL('))
    assert.match(options, /"subscriptionsProtocol":"WS"/)
    assert.match(options, /"connectionParams":\(\) => JSON\.parse\(localStorage/)
  })

  it('begin with a list of what there is', async () => {
    assert.deepEqual((await http.inject('/')).json(), {
      service: 'Earshot',
      graphql: '/graphql',
      graphiql: '/graphql',
    })
  })
})

describe('the pages in production', () => {
  let http: FastifyInstance
  before(async () => {
    http = await pages(false)
  })
  after(() => http.close())

  it('tell whoever opens the API in a browser how it is used', async () => {
    const response = await http.inject('/graphql')
    assert.deepEqual([response.statusCode, response.headers['allow']], [405, 'POST'])
    assert.equal(
      response.json<{ errors: [{ extensions: { code: string } }] }>().errors[0].extensions.code,
      'BAD_REQUEST',
    )
  })

  for (const path of ['/verify-email', '/reset-password'])
    it(`include ${path}, whole in itself and with its style, whose script alone may run`, async () => {
      const { headers, body } = await http.inject(path)
      assert.doesNotMatch(body, outside)
      assert.match(body, /<style>[^]*--accent:[^]*<\/style>/)
      assert.match(
        String(headers['content-security-policy']),
        /script-src 'sha256-[\w+/=]+';.*connect-src 'self'/,
      )
      assert.equal(headers['referrer-policy'], 'no-referrer')
    })
})
