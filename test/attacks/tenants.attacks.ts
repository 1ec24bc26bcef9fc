/** Another tenant's ids, wherever the schema or a path takes a value: the answer is the one about what does not exist, and nothing changes. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { GraphQLScalarType } from 'graphql'
import { isWhole, reportAlone } from './report-attack.ts'
import { readApiSchema } from '#test/attacks/schema/api-schema.ts'
import { inputPlaces, type InputPlace } from '#test/attacks/schema/input-places.ts'
import { attackAnonymously } from '#test/attacks/tenants/attack-anonymous.ts'
import { attackDownloads } from '#test/attacks/tenants/attack-downloads.ts'
import { attackEntities } from '#test/attacks/tenants/attack-entities.ts'
import { attackUploads } from '#test/attacks/tenants/attack-uploads.ts'
import { changeOnPurpose, quantities, tellOnPurpose } from '#test/attacks/tenants/exceptions.ts'
import { startStage, type Stage } from '#test/attacks/tenants/stage.ts'
import { mayHold, tryPlace, waysOf, type Found } from '#test/attacks/tenants/try-place.ts'

const places = inputPlaces(await readApiSchema())
const isAttacked = ({ type, name }: InputPlace) =>
  type instanceof GraphQLScalarType && type.name !== 'Boolean' && !quantities.includes(name)

/** Where an id belongs, every one is tried; in other texts, as long as the whole suite is not asked for, one of each form. */
const namesThings = ({ type }: InputPlace) => type.name === 'ID'
const oneOfEachForm = [
  'user',
  'conversion that waits',
  'idempotency key of a conversion',
  'address of a download',
  'cursor',
  'e-mail address',
  'sequence of an event',
]

const changesThings = ({ name }: InputPlace) => changeOnPurpose.some(({ place }) => place === name)

let stage: Stage
before(async () => {
  stage = await startStage()
})
after(() => stage[Symbol.asyncDispose]())

attackAnonymously(() => stage)
attackEntities(() => stage)
attackUploads(() => stage)
attackDownloads(() => stage)

describe('another tenant’s identifiers', () => {
  let sent = 0
  const told: Found[] = []
  const changed = new Set<string>()

  // Those last, as what they set off goes on after their answers.
  const attacked = places
    .filter(isAttacked)
    .toSorted((one, other) => Number(changesThings(one)) - Number(changesThings(other)))
  for (const place of attacked)
    it(`tell nothing and change nothing in ${place.name}`, async () => {
      const identifiers = stage.identifiers
        .filter((identifier) => mayHold(place, identifier))
        .filter(({ name }) => isWhole || namesThings(place) || oneOfEachForm.includes(name))
      assert.ok(identifiers.length > 0, `it is neither attacked nor listed as a quantity`)
      const tried = await tryPlace(stage, place, identifiers, waysOf(place, isWhole))
      sent += tried.sent
      told.push(...tried.told)
      const changes = await stage.changes()
      if (changes.length > 0) changed.add(place.name)
      const isAllowed = (found: Found) =>
        tellOnPurpose.some(
          (exception) => exception.place === found.place && exception.identifier === found.identifier,
        )
      assert.deepEqual(
        tried.told.filter((found) => !isAllowed(found)),
        [],
      )
      if (!changesThings(place)) assert.deepEqual(changes, [])
    })

  it('need each exception that is made', () => {
    const names = places.map(({ name }) => name)
    assert.deepEqual(
      quantities.filter((name) => !names.includes(name)),
      [],
    )
    const unneeded = tellOnPurpose.filter(
      ({ place, identifier }) =>
        !told.some((found) => found.place === place && found.identifier === identifier),
    )
    assert.deepEqual(unneeded, [])
    assert.deepEqual(
      changeOnPurpose.filter(({ place }) => !changed.has(place)),
      [],
    )
  })

  it('were sent in a great number', async (t) => {
    await reportAlone(t, 'another tenant’s identifiers in every argument and input field', sent)
  })
})
