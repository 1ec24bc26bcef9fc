/** Follows one live operation of a subgraph for one client. Where the connection is lost it resumes, without a gap or a repetition. */
import { setTimeout as delay } from 'node:timers/promises'
import type { FormattedExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { Sink, SubscribePayload } from 'graphql-ws'
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorBody } from '#runtime/graphql/graphql-error.ts'
import { liveMessageBytes } from '#runtime/graphql/live-message-size.ts'
import { createStream, type Stream } from '#runtime/streams/create-stream.ts'
import { createConflatingQueue } from './conflating-queue.ts'
import { resumable, type EventMark } from './resume-point.ts'
import type { RouterContext } from '#router/router-context.ts'

export interface UpstreamOperation {
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: Record<string, unknown>
}

/** The errors that ended a subscription, as the client may see them. */
export class SubscriptionFailure extends Error {
  readonly errors: readonly GraphQLFormattedError[]

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'the subscription failed')
    this.name = 'SubscriptionFailure'
    this.errors = errors
  }
}

/**
 * The events of a live operation, until the signal is aborted. The schema tells which operations can be resumed.
 * @throws SubscriptionFailure with the subgraph's errors; DomainError when the client was too slow.
 */
export type OpenUpstream = (
  operation: UpstreamOperation,
  schema: GraphQLSchema,
  context: RouterContext,
  signal?: AbortSignal,
) => Stream<FormattedExecutionResult>

export interface UpstreamDependencies {
  /** Subscribes once, without trying again; graphql-ws's `Client.subscribe`. */
  readonly subscribe: (payload: SubscribePayload, sink: Sink<FormattedExecutionResult>) => () => void
  /** Adds the proof of who asks, which is good for seconds only: it is made anew for every attempt. */
  readonly sign: (operation: UpstreamOperation, context: RouterContext) => SubscribePayload
  /** The pause before each attempt after a loss, in milliseconds. */
  readonly pauseMs?: (attempt: number) => number
}

interface Marked {
  readonly event: FormattedExecutionResult
  readonly mark: EventMark | null
}

const capacity = 256
/** RFC 6455, 7.4.1. */
const messageTooBig = 1009
const overflow = () =>
  new DomainError(
    'SERVICE_UNAVAILABLE',
    'The connection is too slow for its events; subscribe again after the last one.',
  )
const backoffMs = (attempt: number) => Math.min(100 * 2 ** attempt, 5_000) * (0.5 + Math.random() / 2)

export function createUpstream({ subscribe, sign, pauseMs = backoffMs }: UpstreamDependencies): OpenUpstream {
  return (operation, schema, context, signal) => {
    const resumption = resumable(operation.query, schema)
    const isReplaceable = ({ mark }: Marked) => mark?.isProgress === true
    const queue = createConflatingQueue<Marked>({ isReplaceable, capacity, overflow })
    let lastSequence: number | null = null
    let attempt = 0

    const take = (event: FormattedExecutionResult) => {
      const mark = resumption?.markOf(event) ?? null
      if (mark) lastSequence = Math.max(mark.sequence, lastSequence ?? 0)
      attempt = 0
      queue.push({ event, mark })
    }
    const query = () => {
      if (!resumption) return operation.query
      return lastSequence === null ? resumption.query : resumption.after(lastSequence)
    }
    const follow = async (ended: AbortSignal) => {
      while (!ended.aborted) {
        const payload = sign({ ...operation, query: query() }, context)
        if (isTooLarge(payload)) return queue.end(tooLarge())
        const end = await subscribeOnce(subscribe, payload, take, ended)
        if (end.kind === 'completed') return queue.end()
        if (end.kind === 'refused') return queue.end(new SubscriptionFailure(end.errors))
        if (attempt === 0)
          context.log.warn(
            { err: end.error },
            'a subscription lost its subgraph; it is resumed as soon as that answers',
          )
        await delay(pauseMs(attempt++), undefined, { signal: ended }).catch(() => undefined)
      }
    }
    return createStream((ended) => {
      follow(ended).catch((error: unknown) => queue.end(error as Error))
      return eventsOf(queue.values())
    }, signal)
  }
}

/** It would close the connection, and with it the subscriptions of everybody else. */
const isTooLarge = (payload: SubscribePayload) =>
  Buffer.byteLength(JSON.stringify(payload)) > liveMessageBytes - envelopeBytes
/** What stands around a payload: its id and type. */
const envelopeBytes = 1_024
const tooLarge = () =>
  new DomainError('OPERATION_LIMIT_EXCEEDED', 'The subscription is too large to be passed on; ask for less.')

async function* eventsOf(values: AsyncIterable<Marked>) {
  for await (const { event } of values) yield event
}

type UpstreamEnd =
  | { readonly kind: 'completed' }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLFormattedError[] }
  | { readonly kind: 'lost'; readonly error: unknown }

async function subscribeOnce(
  subscribe: UpstreamDependencies['subscribe'],
  payload: SubscribePayload,
  take: (event: FormattedExecutionResult) => void,
  signal: AbortSignal,
): Promise<UpstreamEnd> {
  let hasCome = false
  return await new Promise((resolve) => {
    const stop = subscribe(payload, {
      next(event) {
        // GraphQL refuses a subscription by a result without data (spec, 6.2.3.1).
        if (event.errors && event.data === undefined) resolve(refusal(event.errors))
        else {
          hasCome = true
          take(event)
        }
      },
      complete: () => resolve({ kind: 'completed' }),
      // graphql-ws gives the errors of an operation as a list, those of a connection as an event or an Error.
      error(error) {
        if (Array.isArray(error)) return resolve(refusal(error))
        // Whichever operation was too large has had no answer; the others come back and go on.
        const isCulprit = (error as { code?: unknown }).code === messageTooBig && !hasCome
        resolve(
          isCulprit
            ? { kind: 'refused', errors: graphqlErrorBody(tooLarge()).errors }
            : { kind: 'lost', error },
        )
      },
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}

function refusal(errors: readonly GraphQLFormattedError[]): UpstreamEnd {
  const isAway = errors.some((error) => error.extensions?.['code'] === 'SERVICE_UNAVAILABLE')
  if (isAway) return { kind: 'lost', error: new SubscriptionFailure(errors) }
  // Where they stand in the text that we sent is nothing to the client.
  return { kind: 'refused', errors: errors.map(({ locations: _ours, ...error }) => error) }
}
