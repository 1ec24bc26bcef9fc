/** An output option stands in several places: which of them it is missing from, or where it says something else, is told here. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import {
  buildASTSchema,
  coerceInputValue,
  getNamedType,
  isInputObjectType,
  isObjectType,
  parse,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLType,
} from 'graphql'
import * as z from 'zod'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import * as limits from '#schema/limits.ts'
import { audioFlags } from '#cli/convert/audio-options.ts'
import { checkout } from '#infra/local/folders.ts'

const read = (path: string) => readFile(join(checkout, path), 'utf8')

const api = buildASTSchema(parse(await read('schema/generated/api.graphql')), { assumeValidSDL: true })
const input = api.getType('OutputOptionsInput') as GraphQLInputObjectType
const output = api.getType('OutputOptions') as GraphQLObjectType

/** The paths of a type's fields, those of the types in it included, such as `tags.set.key`. */
function pathsOf(type: GraphQLNamedType, before = ''): string[] {
  if (!isInputObjectType(type) && !isObjectType(type)) return []
  return Object.values(type.getFields()).flatMap(({ name, type: field }) => {
    const path = `${before}${name}`
    return [path, ...pathsOf(getNamedType(field as GraphQLType), `${path}.`)]
  })
}

function pathsOfSchema(schema: unknown, before = ''): string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable)
    return pathsOfSchema(schema.unwrap(), before)
  if (schema instanceof z.ZodArray) return pathsOfSchema(schema.element, before)
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const path = `${before}${name}`
    return [path, ...pathsOfSchema(field, `${path}.`)]
  })
}

describe('an output option', () => {
  const declared = pathsOfSchema(outputOptionsSchema).toSorted()
  const options = Object.keys(outputOptionsSchema.shape).toSorted()

  it('is declared once, with the fields that the API takes', () =>
    assert.deepEqual(pathsOf(input).toSorted(), declared))

  it('reads back from the API as it was given', () =>
    assert.deepEqual(pathsOf(output).toSorted(), [...declared, 'passthrough'].toSorted()))

  it('has the same defaults in the API and where it is declared', () => {
    const byApi: unknown = coerceInputValue({}, input)
    assert.deepEqual(outputOptionsSchema.parse(byApi), outputOptionsSchema.parse({}))
    const nested = { trim: { endMs: 5 }, loudness: {}, chapters: { from: 'GIVEN', list: [{ startMs: 0 }] } }
    assert.deepEqual(
      outputOptionsSchema.parse(coerceInputValue(nested, input)),
      outputOptionsSchema.parse(nested),
    )
  })

  it('has flags on the command line', () => assert.deepEqual(Object.keys(audioFlags).toSorted(), options))

  it('has a row in the README', async () => {
    const [, table] = /\| option \|.*\n\|-.*\n((?:\|.*\n)+)/.exec(await read('README.md')) ?? []
    const rows = table!.trim().split('\n')
    const names = rows.flatMap((row) =>
      Array.from(row.split('|')[1]!.matchAll(/`(\w+)`/g), ([, name]) => name!),
    )
    assert.deepEqual(names.toSorted(), options)
  })

  it('has its limits in its description', () => {
    const ends = ({ least, most }: limits.Range) => [least, most]
    const limited: Readonly<Record<string, readonly number[]>> = {
      'OutputOptionsInput.bitrateKbps': [...limits.cbrBitratesKbps, ...ends(limits.abrBitrateKbps)],
      'OutputOptionsInput.vbrQuality': ends(limits.vbrQuality),
      'OutputOptionsInput.channels': limits.mp3ChannelCounts,
      'OutputOptionsInput.sampleRateHz': limits.mp3SampleRatesHz,
      'OutputOptionsInput.encoderQuality': ends(limits.encoderQuality),
      'LoudnessInput.targetLufs': ends(limits.targetLufs),
      'LoudnessInput.maxTruePeakDbtp': ends(limits.maxTruePeakDbtp),
      'TagsInput.set': [limits.mostTags],
      'TagInput.key': [limits.mostTagKeyCharacters],
      'TagInput.value': [limits.mostTagValueCharacters],
      'ChaptersInput.list': [limits.mostChapters],
      'ChapterInput.title': [limits.mostChapterTitleCharacters],
    }
    for (const [place, numbers] of Object.entries(limited)) {
      const [type, field] = place.split('.') as [string, string]
      const { description } = (api.getType(type) as GraphQLInputObjectType).getFields()[field]!
      const said = Array.from(description!.replaceAll(',', '').matchAll(/-?\d+/g), ([number]) =>
        Number(number),
      )
      for (const number of numbers) assert.ok(said.includes(number), `${place} does not say ${number}`)
    }
  })
})
