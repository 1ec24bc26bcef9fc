/** What graphql-codegen makes: resolver types for each subgraph, and the types of every operation our own clients send. */
import type { CodegenConfig } from '@graphql-codegen/cli'
import { compose } from './compose.ts'
import { errorCodesSdl } from '#schema/errors/error-codes-sdl.ts'

export const composed = await compose()

const scalars = {
  DateTime: { input: 'string', output: 'Date' },
  SafeInt: 'number',
  _FieldSet: 'string',
}

const shared = {
  scalars,
  strictScalars: true,
  enumsAsTypes: true,
  useTypeImports: true,
  defaultScalarType: 'unknown',
}

const resolverTypes = (mappers: Record<string, string>) => ({
  plugins: ['typescript', 'typescript-resolvers'],
  config: {
    ...shared,
    mappers,
    federation: true,
    makeResolverTypeCallable: true,
    contextType: 'unknown',
  },
})

const config: CodegenConfig = {
  importExtension: '.ts',
  silent: true,
  generates: {
    'schema/generated/auth-resolvers.ts': {
      schema: 'schema/graphql/auth.graphql',
      ...resolverTypes({ User: '../documents/user-document.ts#UserDocument' }),
    },
    'schema/generated/media-resolvers.ts': {
      schema: ['schema/graphql/media.graphql', errorCodesSdl],
      ...resolverTypes({
        User: '../resolvers/reference.ts#Reference',
        Upload: '../documents/upload-document.ts#UploadDocument',
        Conversion: '../documents/conversion-document.ts#ConversionDocument',
        ConversionUpdate: '../resolvers/conversion-update.ts#ConversionUpdateSource',
        Mp3: '../resolvers/mp3-source.ts#Mp3Source',
      }),
    },
    'schema/generated/operations.ts': {
      schema: composed.api,
      documents: ['schema/operations/*.graphql'],
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        ...shared,
        scalars: { DateTime: 'string', SafeInt: 'number' },
        documentMode: 'documentNode',
      },
    },
  },
}

export default config
