/** GraphiQL for development, without any outside asset, its subscriptions over graphql-ws. */
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { pageOf, type ServedPage } from './serve-page.ts'

const query = `# Sign in (or sign up), then put the access token into the Headers tab below:
# { "Authorization": "Bearer <accessToken>" }
mutation SignIn {
  signIn(input: { email: "you@example.com", password: "a long password" }) {
    session { accessToken accessTokenExpiresAt }
  }
}

query Me {
  me { email emailVerified conversions(first: 5) { edges { node { id filename status } } } }
}
`

/** GraphiQL keeps its header editor's text here; a WebSocket of a page cannot send headers, so they go in its first message. */
const headersAsParameters = `() => JSON.parse(localStorage.getItem('graphiql:headers') || '{}')`
const placeholder = 'HEADERS_AS_PARAMETERS'

export function createGraphiql(): ServedPage {
  const options = {
    title: 'Earshot GraphiQL',
    endpoint: '/graphql',
    subscriptionsEndpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultQuery: query,
    connectionParams: placeholder,
  }
  const html = renderGraphiQL(options as Parameters<typeof renderGraphiQL>[0])
  return pageOf({
    html: html.replace(JSON.stringify(placeholder), () => headersAsParameters),
    further: ['worker-src blob:'],
  })
}
