/** A domain error in the shapes of GraphQL: its sentence, and its code under `extensions`. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { DomainError } from '#runtime/domain-error.ts'

export const graphqlErrorOf = (error: DomainError): GraphQLError =>
  new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, ...error.details },
  })

/** An answer that is nothing but this error. */
export const graphqlErrorBody = (error: DomainError): { errors: GraphQLFormattedError[] } => ({
  errors: [graphqlErrorOf(error).toJSON()],
})
