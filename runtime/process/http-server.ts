/** The HTTP server of a process: what holds for each of them, whatever routes its features add. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import {
  answerErrors,
  answerUnreadable,
  frameworkErrors,
  refuseExpectation,
  type ErrorAnswers,
} from './http-errors.ts'
import { limitPipelining } from './limit-pipelining.ts'
import type { Logger } from './log.ts'

export interface HttpServerDependencies extends ErrorAnswers {
  readonly log: Logger
  /** Whether its callers are our own services, whose ids for a request it goes by. A stranger's would forge our logs. */
  readonly servesOurOwn?: boolean
  /** Whether its clients come by https, and shall do so for the next year. */
  readonly isSecure?: boolean
  /** For the headers of a request, and for the first byte of a connection. */
  readonly headersTimeoutMs?: number
  /** Of one connection, before they are answered; none of our own clients sends a second one. */
  readonly maxPipelinedRequests?: number
  /** Of what is read whole; a route may allow another size. */
  readonly bodyLimitBytes?: number
}

/** 16 to 64 characters that are safe in a log and in a header. */
const requestIdPattern = /^[\w-]{16,64}$/

export type HttpServer = FastifyInstance

export function createHttpServer({
  log,
  servesOurOwn = false,
  isSecure = false,
  headersTimeoutMs = 15_000,
  maxPipelinedRequests = 8,
  bodyLimitBytes = 1024 * 1024,
  ...errors
}: HttpServerDependencies): HttpServer {
  const loggerInstance: FastifyBaseLogger = log
  const server: FastifyInstance = fastify({
    loggerInstance,
    // The features log what matters about a request; a line for each would drown it.
    logController: new LogController({ disableRequestLogging: true }),
    // A download's token is part of its path.
    routerOptions: { maxParamLength: 2_000 },
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id']
      return servesOurOwn && typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID()
    },
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: 'idle',
    frameworkErrors: frameworkErrors(errors),
    clientErrorHandler: answerUnreadable,
    serverFactory: (handle) => {
      const timeouts = {
        headersTimeout: headersTimeoutMs,
        connectionsCheckingInterval: Math.min(headersTimeoutMs, 5_000),
        // Slow uploads are welcome: other deadlines bound them.
        requestTimeout: 0,
        // Longer than a load balancer keeps its end, so that it never reuses a connection we are closing.
        keepAliveTimeout: 75_000,
      }
      const created = createServer(timeouts, limitPipelining(handle, maxPipelinedRequests))
      return created.on('checkExpectation', refuseExpectation)
    },
  })
  endWithLastAnswer(server)
  answerErrors(server, log, errors)
  // On the raw response, so that no answer goes without it, however it is sent.
  server.server.prependListener('request', (_request, response: ServerResponse) => {
    response.setHeader('x-content-type-options', 'nosniff')
    if (isSecure) response.setHeader('strict-transport-security', 'max-age=31536000')
  })
  return server
}

/**
 * When a server closes, Node ends the connections that are idle just then. One that has not carried a request yet does
 * not count as idle, and one whose answer is still on its way becomes idle too late: each would hold up the end for 60 s
 * and more, until its own timeout.
 */
function endWithLastAnswer(instance: FastifyInstance): void {
  const { server } = instance
  const unused = new Set<Socket>()
  let closing = false
  server
    .on('connection', (socket: Socket) => {
      unused.add(socket)
      socket.once('close', () => unused.delete(socket))
    })
    .on('upgrade', ({ socket }: IncomingMessage) => void unused.delete(socket))
    .on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      unused.delete(socket)
      response.once('close', () => {
        if (closing) setImmediate(() => server.closeIdleConnections())
      })
    })
  instance.addHook('preClose', (done) => {
    closing = true
    for (const socket of unused) socket.destroy()
    done()
  })
}
