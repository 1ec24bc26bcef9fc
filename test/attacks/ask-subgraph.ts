/** Asks a subgraph directly, as somebody within the network could: with the proof that the router would give, or one of one's own. */
import { assertionHeader, signAssertion } from '#runtime/tokens/assertion.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import { rotatingKeys } from '#runtime/process/settings.ts'
import type { RunningSystem } from '#test/harness/running-system.ts'

export type Subgraph = 'auth' | 'media'

export interface SubgraphQuestion {
  readonly query: string
  readonly variables?: object
  readonly authorization?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Of the raw body; none where it gives null. By default what the router would send. */
  readonly proof?: (body: string) => string | null
}

const keyNames = { auth: 'ROUTER_AUTH_KEY', media: 'ROUTER_MEDIA_KEY' } as const

type Attacked = Pick<RunningSystem, 'system'>

export const keysOf = ({ system }: Attacked, name: string) =>
  rotatingKeys.parse(system.deployment.secrets[name])

export async function askSubgraph(
  attacked: Attacked,
  subgraph: Subgraph,
  { query, variables, authorization, headers = {}, proof }: SubgraphQuestion,
): Promise<Response> {
  const body = JSON.stringify({ query, variables })
  const userToken = bearerToken(authorization) ?? ''
  const usual = (text: string) =>
    signAssertion({ caller: 'router', subgraph, body: text, userToken }, keysOf(attacked, keyNames[subgraph]))
  const assertion = (proof ?? usual)(body)
  return await fetch(`${attacked.system.deployment.origins[subgraph]}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization !== undefined && { authorization }),
      ...(assertion !== null && { [assertionHeader]: assertion }),
      ...headers,
    },
    body,
  })
}
