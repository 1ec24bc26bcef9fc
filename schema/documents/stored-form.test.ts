import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as z from 'zod'
import { blobDocumentSchema } from './blob-document.ts'
import { conversionRecordSchema } from './conversion-document.ts'
import { mailDocumentSchema } from './mail-document.ts'
import { removalDocumentSchema } from './removal-document.ts'
import { removedUserDocumentSchema } from './removed-user-document.ts'
import { refreshTokenDocumentSchema, sessionDocumentSchema } from './session-document.ts'
import { uploadDocumentSchema } from './upload-document.ts'
import { userDocumentSchema } from './user-document.ts'

const stored: Readonly<Record<string, z.ZodType>> = {
  blobs: blobDocumentSchema,
  conversions: conversionRecordSchema,
  mails: mailDocumentSchema,
  refreshTokens: refreshTokenDocumentSchema,
  removals: removalDocumentSchema,
  removedUsers: removedUserDocumentSchema,
  sessions: sessionDocumentSchema,
  uploads: uploadDocumentSchema,
  users: userDocumentSchema,
}

/** Parsed from input by the same declaration: its defaults are those of a request. */
const isForInputToo = (name: string) => name === 'output'

/** Where in a schema a missing field would be filled in or left out. */
function gapsIn(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { default: filled, properties = {}, required = [], ...rest } = schema as z.core.JSONSchema.JSONSchema
  const optional = Object.keys(properties).filter((name) => !required.includes(name))
  return [
    ...(filled === undefined ? [] : [path]),
    ...optional.map((name) => `${path}/${name}`),
    ...Object.entries({ ...rest, ...properties }).flatMap(([name, part]) =>
      isForInputToo(name) ? [] : gapsIn(part, `${path}/${name}`),
    ),
  ]
}

describe('a stored document', () => {
  for (const [collection, schema] of Object.entries(stored))
    it(`of ${collection} has every field its writer knows: none is optional, none is filled in when it is read`, () => {
      const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })
      assert.deepEqual(gapsIn(json), [])
    })
})
