/** The schema that clients see, as it is composed. */
import { buildSchema, type GraphQLSchema } from 'graphql'
import { compose } from '#schema/compose.ts'

export async function readApiSchema(): Promise<GraphQLSchema> {
  return buildSchema((await compose()).api)
}
