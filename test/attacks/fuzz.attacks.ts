/** Requests made up from the schema, right and wrong: each is answered by data or by an error of ours, and nothing of ours breaks. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { createAnswers } from './answers.ts'
import { judgeLogs } from './attacked-system.ts'
import { registerHonestUser } from './honest-user.ts'
import { amount, isWhole, reportAlone } from './report-attack.ts'
import { cancelAll } from '#test/attacks/fuzz/cancel-all.ts'
import { createFuzzer, type Fuzzer } from '#test/attacks/fuzz/fuzzer.ts'
import { signIn, startFuzzScene, type FuzzScene } from '#test/attacks/fuzz/fuzz-scene.ts'
import { askerOf, validOperation } from '#test/attacks/fuzz/fuzz-request.ts'
import { anyRequest } from '#test/attacks/fuzz/requests.ts'
import { countResolvedFields } from '#test/attacks/fuzz/resolved-fields.ts'
import { readApiSchema } from '#test/attacks/schema/api-schema.ts'
import { askedFields } from '#test/attacks/schema/asked-fields.ts'
import { inputPlaces } from '#test/attacks/schema/input-places.ts'
import { makeSample } from '#test/harness/sample-media.ts'

/** What no request can make the system answer today: there is no second step of signing in yet. */
const neverResolved = ['SessionStep.kind', 'SessionStep.token']

const schema = await readApiSchema()
const fields = askedFields(schema)
const places = inputPlaces(schema)

/** A run is repeated by its seed. `npm test` has the same each time. */
const seed = Number(process.env['FUZZ_SEED'] ?? (isWhole ? Date.now() % 2 ** 31 : 20_261_129))
const requests = amount(2_000, 10_000)
/** Sent at once. */
const together = 8
/** Of the values that are right for something. */
const variants = 6

describe('whatever a client sends', () => {
  const resolved = countResolvedFields(schema)
  const tried = new Set<string>()
  let scene: FuzzScene
  let fuzzer: Fuzzer
  let pids: ReadonlyMap<string, number | undefined>
  const pidsNow = () => new Map([...scene.attacked.system.services].map(([name, { pid }]) => [name, pid]))
  before(async () => {
    scene = await startFuzzScene(resolved)
    fuzzer = createFuzzer(scene, resolved)
    pids = pidsNow()
  })
  after(() => scene[Symbol.asyncDispose]())

  it('is answered, where it is right, in each field of the schema', async () => {
    for (let turn = 0; turn < variants; turn++)
      for (const field of fields)
        await fuzzer.send({
          what: `right: ${field.name}`,
          asker: askerOf(field),
          way: field.operation === 'subscription' ? 'socket' : 'http',
          body: JSON.stringify(validOperation(field, scene.valid, turn, turn % 2 === 1)),
          operation: field.operation,
          place: null,
        })
    assert.deepEqual(resolved.missing(), neverResolved)
  })

  it('is answered by data, or by an error that the catalogue has', async (t) => {
    t.diagnostic(`FUZZ_SEED=${seed} makes the same requests`)
    const request = anyRequest({ fields, places, valid: scene.valid, ids: scene.ids })
    const batch = fc.array(request, { minLength: together, maxLength: together })
    const property = fc.asyncProperty(batch, async (sent) => {
      for (const { place } of sent) if (place) tried.add(place)
      await Promise.all(sent.map(fuzzer.send))
    })
    await fc.assert(property, { seed, numRuns: requests / together, endOnFailure: true })
    const untried = places.filter(({ name }) => !tried.has(name)).map(({ name }) => name)
    assert.deepEqual(untried, [], 'each place has held a hostile value')
    await reportAlone(t, 'requests made up from the schema, right, hostile and mangled', fuzzer.sent)
  })

  it('ends no process, leaves no fault in a log, and lets an honest user work', async () => {
    const { attacked, own } = scene
    assert.deepEqual(pidsNow(), pids)
    await judgeLogs(attacked)
    own.user.api.token = (await signIn(own.user)).accessToken
    await cancelAll(own.user)
    await attacked.system.services.get('converter')!.restart()
    const honest = await registerHonestUser(attacked.origin, await makeSample(attacked.directory, 'mp4-aac'))
    const answers = createAnswers()
    await honest.work(answers)
    assert.deepEqual(answers.lost(), [])
    await judgeLogs(attacked)
  })
})
