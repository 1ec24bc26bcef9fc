/** Sends typed operations to the GraphQL endpoint, again where that can do no harm, and turns refusals into CliErrors. */
import { setTimeout as delay } from 'node:timers/promises'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { errorCodes, isErrorCode } from '#schema/errors/error-codes.ts'
import { CliError } from '#cli/cli-error.ts'

export interface RequestOptions {
  readonly signal: AbortSignal
  readonly token?: string
  /** False for what must not reach the server twice. */
  readonly repeatable?: boolean
}

export type SendOperation = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options: RequestOptions,
) => Promise<Data>

/** By which its user knows it again among their sessions; the rest as browsers name the system. */
const systems: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'Macintosh',
  win32: 'Windows NT',
}
const userAgent = `earshot-cli/1 (${systems[process.platform] ?? process.platform})`

const retryDelaysMs = [250, 1_000, 2_500]
const timeoutMs = 30_000

/** @throws CliError with the API's code, or UNREACHABLE. */
export function createGraphqlClient(origin: string): SendOperation {
  return async (document, variables, { signal, token, repeatable = true }) => {
    const body = JSON.stringify({ query: print(document), variables })
    const delaysMs = repeatable ? retryDelaysMs : []
    for (let tries = 0; ; tries += 1) {
      try {
        return await sendOnce(origin, body, token, signal)
      } catch (error) {
        signal.throwIfAborted()
        const delayMs = delaysMs[tries]
        if (delayMs === undefined || !(error instanceof CliError) || !isPassing(error)) throw error
        await pause(delayMs, signal)
      }
    }
  }
}

const isPassing = ({ code }: CliError) => code === 'UNREACHABLE' || code === 'SERVICE_UNAVAILABLE'

/** @throws the signal's reason. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
}

async function sendOnce<Data>(
  origin: string,
  body: string,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Data> {
  let status: number
  let text: string
  try {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': userAgent,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    status = response.status
    text = await response.text()
  } catch (error) {
    throw unreachable(origin, error)
  }
  return readResult(parseJson(text), status, origin)
}

export const unreachable = (origin: string, cause?: unknown) =>
  new CliError(
    'UNREACHABLE',
    `Earshot does not answer at ${origin}: start it (in a checkout: npm start), or set EARSHOT_URL to where it is.`,
    {
      cause,
      retryable: true,
    },
  )

interface GraphqlResult<Data> {
  readonly data?: Data | null
  readonly errors?: readonly ResultError[]
}

export interface ResultError {
  readonly message: string
  readonly extensions?: { readonly code?: unknown } | undefined
}

function readResult<Data>(result: GraphqlResult<Data> | null, status: number, origin: string): Data {
  const error = result?.errors?.[0]
  if (error !== undefined) throw apiError(error)
  if (result?.data) return result.data
  // What stands in front of a service that restarts answers so.
  if (status >= 502 && status <= 504) throw unreachable(origin)
  throw new CliError(
    'BAD_RESPONSE',
    `${origin} answered ${status} and not as Earshot does: check EARSHOT_URL.`,
  )
}

export function apiError({ message, extensions }: ResultError): CliError {
  const code = typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL_SERVER_ERROR'
  return new CliError(code, message, { retryable: isErrorCode(code) && errorCodes[code].retryable })
}

function parseJson<Data>(text: string): GraphqlResult<Data> | null {
  try {
    return JSON.parse(text) as GraphqlResult<Data>
  } catch {
    return null
  }
}
