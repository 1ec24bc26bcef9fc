/** What a subgraph answered: data, errors or both; that it is away where nothing came that could be read. */
import * as z from 'zod'
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorBody } from '#runtime/graphql/graphql-error.ts'
import type { RouterContext } from '#router/router-context.ts'
import type { SubgraphAnswer } from './unique-representations.ts'

const errorSchema = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.string().optional() }).optional(),
})
const answerSchema = z
  .object({ data: z.record(z.string(), z.unknown()).nullish(), errors: z.array(errorSchema).optional() })
  .refine((answer) => answer.data !== undefined || answer.errors !== undefined, 'neither data nor errors')

/** Each caller parses its own copy of a shared answer, because the gateway changes what it merges. */
export function readSubgraphAnswer(
  text: string | null,
  subgraph: string,
  { log }: Pick<RouterContext, 'log'>,
): SubgraphAnswer {
  if (text === null) return unavailable()
  try {
    return answerSchema.parse(JSON.parse(text)) as SubgraphAnswer
  } catch (error) {
    log.warn(
      { err: error, subgraph },
      'a subgraph answered with something that is not GraphQL; the client is told SERVICE_UNAVAILABLE',
    )
    return unavailable()
  }
}

const unavailable = (): SubgraphAnswer => ({
  data: null,
  ...graphqlErrorBody(new DomainError('SERVICE_UNAVAILABLE')),
})
