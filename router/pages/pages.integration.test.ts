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
