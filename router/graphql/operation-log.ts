/** Logs one line and takes one measurement for each operation: what it was, how long it took, how it ended; never its contents. */
import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { placeErrors } from './place-errors.ts'
import { errorsOf, logUnexplained, presentResult } from './client-errors.ts'
import { createStream } from '#runtime/streams/create-stream.ts'
import type { ResultStream, RouterContext } from '#router/router-context.ts'

type Request = GraphQLRequestContext<RouterContext>

export interface OperationLog {
  /** For operations that have one result. */
  readonly plugin: ApolloServerPlugin<RouterContext>
  /** For subscriptions: hands on the stream's results, and logs the operation when the stream ends. */
  follow(stream: ResultStream, request: Request): ResultStream
}

export function createOperationLog(metrics: Registry): OperationLog {
  const record = createRecorder(metrics)
  const openSubscriptions = new Gauge({
    name: 'earshot_router_open_subscriptions',
    help: 'Subscriptions that clients have open.',
    registers: [metrics],
  })
  return {
    plugin: {
      async requestDidStart() {
        const startedMs = performance.now()
        return {
          async didEncounterErrors({ errors, contextValue }) {
            logUnexplained(errors, contextValue.log)
          },
          async willSendResponse(request) {
            const { body } = request.response
            // A stream is recorded when it ends.
            if (body.kind !== 'single') return
            if (body.singleResult.extensions?.['valueCompletion'])
              body.singleResult = presentUnfit(body.singleResult, request)
            body.singleResult = placeErrors(body.singleResult, request)
            record(request, { durationMs: performance.now() - startedMs, codes: codesOf(body.singleResult) })
          },
        }
      },
    },
    follow(stream, request) {
      const startedMs = performance.now()
      const codes = new Set<string>()
      let events = 0
      openSubscriptions.inc()
      const finish = () => {
        openSubscriptions.dec()
        void stream.return()
        record(request, { durationMs: performance.now() - startedMs, codes: [...codes], events })
      }
      const count = async function* () {
        for await (const result of stream) {
          events += 1
          for (const code of codesOf(result)) codes.add(code)
          yield result
        }
      }
      return createStream((ended) => {
        ended.addEventListener('abort', finish)
        return count()
      })
    },
  }
}

function presentUnfit(result: FormattedExecutionResult, { contextValue }: Request): FormattedExecutionResult {
  const unfit = errorsOf({ extensions: result.extensions ?? {} })
  logUnexplained(unfit, contextValue.log)
  const { errors = [] } = presentResult({ errors: [], extensions: result.extensions ?? {} })
  return {
    errors: [...(result.errors ?? []), ...errors],
    ...(result.data !== undefined && { data: result.data }),
  }
}

function codesOf({ errors = [] }: FormattedExecutionResult): string[] {
  return [...new Set(errors.map((error) => String(error.extensions?.['code'])))]
}

interface Outcome {
  readonly durationMs: number
  readonly codes: readonly string[]
  readonly events?: number
}

/** Where no operation of this name was found it is any text of the client's, which is none of the log's. */
const nameOf = (text: string | undefined) =>
  text !== undefined && /^[_A-Za-z][_0-9A-Za-z]{0,99}$/.test(text) ? text : undefined

const ourFaults = ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE']

function createRecorder(metrics: Registry) {
  const operations = new Counter({
    name: 'earshot_router_operations_total',
    help: 'Operations of clients, by type and by whose fault it was if they failed.',
    labelNames: ['type', 'outcome'],
    registers: [metrics],
  })
  const durations = new Histogram({
    name: 'earshot_router_operation_seconds',
    help: 'How long queries and mutations took.',
    labelNames: ['type'],
    // 0.3 is the objective (infra/observability/objectives.ts).
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.3, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  })
  return (request: Request, { durationMs, codes, events }: Outcome) => {
    const type = request.operation?.operation ?? 'unknown'
    const failure = codes.some((code) => ourFaults.includes(code)) ? 'server_error' : 'client_error'
    operations.inc({ type, outcome: codes.length === 0 ? 'ok' : failure })
    if (events === undefined) durations.observe({ type }, durationMs / 1_000)
    const { log, client } = request.contextValue
    const facts = {
      userId: client()?.identity.userId,
      operationName: nameOf(request.operationName ?? request.request.operationName),
      operationType: type,
      durationMs: Math.round(durationMs),
      ...(codes.length > 0 && { errorCodes: codes }),
      ...(events !== undefined && { events }),
    }
    log.info(facts, 'operation finished')
  }
}
