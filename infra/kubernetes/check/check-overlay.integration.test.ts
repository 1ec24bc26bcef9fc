/** Each overlay is right, and each of many small mistakes in it is found. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { checkout } from '#infra/local/folders.ts'
import { overlayProblems } from './check-overlay.ts'
import { findKubectl } from './kubectl.ts'
import {
  labelOf,
  renderOverlay,
  sharedSettings,
  workloadsOf,
  type Manifest,
  type Manifests,
} from './manifest.ts'
import { localMutants, productionMutants, type Mutant } from '#infra/kubernetes/check/testing/mutants.ts'

const overlays = join(checkout, 'infra/kubernetes/overlays')

function mutate(manifests: Manifests, { of, at, to }: Mutant): Manifests {
  const mutated = structuredClone(manifests) as Manifest[]
  const victim = mutated.find((manifest) => labelOf(manifest) === of)
  assert.ok(victim, `there is a ${of}`)
  const path = at.replace(/^C\//, 'template/spec/containers/0/').split('/')
  const last = path.pop()!.replace('~', '/')
  let place = victim['spec'] as Record<string, never> | unknown[]
  for (const step of path) place = (place as Record<string, never>)[step.replace('~', '/')]!
  if (Array.isArray(place) && last === '+') place.push(to)
  else if (to === undefined) assert.ok(Reflect.has(place, last) && Reflect.deleteProperty(place, last))
  else Reflect.set(place, last, to)
  return mutated
}

const render = async (name: string) => await renderOverlay(await findKubectl(), join(overlays, name))

describe('the check of the overlays', () => {
  it('finds nothing in them', async () => {
    for (const name of await readdir(overlays))
      assert.deepEqual(await overlayProblems(await render(name)), [], name)
  })

  it('finds nothing in an overlay that has the components besides', async () => {
    const everything = join(import.meta.dirname, 'testing/other-components')
    assert.deepEqual(await overlayProblems(await renderOverlay(await findKubectl(), everything)), [])
  })

  it('renders each component in one of them', async () => {
    const files = [
      ...(await readdir(overlays)).map((name) => join(overlays, name, 'kustomization.yaml')),
      join(import.meta.dirname, 'testing/other-components/kustomization.yaml'),
    ]
    const named = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
    const components = await readdir(join(overlays, '../components'))
    assert.deepEqual(
      components.filter((name) => !named.includes(`/components/${name}\n`)),
      [],
    )
  })

  it('has images of the version that the project is', async () => {
    const file = await readFile(join(checkout, 'package.json'), 'utf8')
    const { version } = JSON.parse(file) as { version: string }
    const ours = workloadsOf(await render('production')).filter(({ isOurs }) => isOurs)
    const images = ours.flatMap(({ pod }) => pod.containers.map(({ image }) => image))
    assert.equal(images.length, 5)
    assert.deepEqual(
      images,
      ours.map(({ name }) => `localhost/earshot/${name}:${version}`),
    )
  })

  it('asks for walls around ffmpeg where strangers come', async () => {
    assert.equal(sharedSettings(await render('production'))['FFMPEG_SANDBOX'], 'required')
  })
})

for (const [name, mutants] of [
  ['local', localMutants],
  ['production', productionMutants],
] as const)
  describe(`the check of the overlay ${name}`, () => {
    let manifests: Manifests
    before(async () => {
      manifests = await render(name)
    })

    for (const mutant of mutants)
      it(`finds ${mutant.at} of ${mutant.of} to be ${JSON.stringify(mutant.to) ?? 'missing'}`, async () => {
        const problems = await overlayProblems(mutate(manifests, mutant))
        assert.ok(
          problems.some((problem) => problem.includes(mutant.found)),
          problems.join('\n') || 'it found nothing',
        )
      })
  })
