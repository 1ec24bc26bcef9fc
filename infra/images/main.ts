/** `npm run images [-- OPTIONS] [NAME…]`: builds the images of the given programs, or all, into .local/images. */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { callerDirectory, checkout, localDirectory } from '#infra/local/folders.ts'
import { installPackages } from '#infra/local/machine/apt.ts'
import { SetUpError, UsageError } from '#infra/local/machine/set-up-error.ts'
import { createSteps, type Steps } from '#infra/local/machine/steps.ts'
import { runVerb } from '#infra/local/run-verb.ts'
import { findOnPath } from '#runtime/process/find-executable.ts'
import { buildImages, type BuiltImage } from './build-images.ts'
import { readVersion } from './check-dockerfile.ts'
import { createBuildah, createDocker, dockerAnswers, type Engine } from './engine.ts'
import { makeLocalBase } from './local-base.ts'
import { pushImages } from './push-images.ts'
import { programNames, type ProgramName } from '#infra/images/pack/programs.ts'

const usage = `Usage: npm run images [-- OPTIONS] [NAME...]
  NAME              ${programNames.join(', ')} (all)
  --tag TAG         of the images (dev), and the version that they tell; "version", and the version
                    of "dev", is the one in package.json
  --engine ENGINE   docker or buildah (docker where its daemon answers)
  --base IMAGE      instead of the Dockerfile's own base; "local" makes one by debootstrap
  --fresh           takes nothing from builds before
  --push REGISTRY   also pushes them, as REGISTRY/NAME:TAG, by what the engine is logged in with
  --overlay FOLDER  also names what was pushed in this overlay's kustomization.yaml, by its digest`

const directory = join(localDirectory, 'images')

await runVerb(async () => {
  const { values, positionals } = parseArgs({
    // The verb comes first.
    args: process.argv.slice(3),
    allowPositionals: true,
    options: {
      tag: { type: 'string', default: 'dev' },
      engine: { type: 'string' },
      base: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      push: { type: 'string' },
      overlay: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.filter((name) => !programNames.includes(name as ProgramName))
  if (values.help || unknown.length > 0) throw new UsageError(usage)
  const { push: registry, overlay } = values
  if (registry === undefined ? overlay !== undefined : values.tag === 'dev')
    throw new UsageError(`--overlay goes with --push, and --push with a --tag of its own\n${usage}`)
  const names = positionals.length > 0 ? (positionals as ProgramName[]) : programNames
  const steps = createSteps(process.stdout, 'images')
  const { fresh } = values
  const engine = await chooseEngine(values.engine, steps)
  const ownVersion = await readVersion()
  const base = await chooseBase(values.base, { engine, steps, fresh })
  const tag = values.tag === 'version' ? ownVersion : values.tag
  const version = tag === 'dev' ? ownVersion : tag
  const built = await buildImages({ engine, steps, names, tag, version, base, directory, fresh })
  process.stdout.write(table(built))
  if (registry === undefined) return 0
  const into = overlay === undefined ? undefined : resolve(callerDirectory(), overlay)
  const pushed = await pushImages({ engine, steps, names, tag, registry, overlay: into })
  for (const { newName, digest } of pushed) process.stdout.write(`${newName}@${digest}\n`)
  return 0
})

async function chooseEngine(asked: string | undefined, steps: Steps): Promise<Engine> {
  if (asked !== undefined && asked !== 'docker' && asked !== 'buildah') throw new UsageError(usage)
  if (asked !== 'buildah') {
    if (await dockerAnswers()) return createDocker()
    if (asked === 'docker') throw new SetUpError('No docker daemon answers here')
  }
  if (findOnPath('buildah') === undefined)
    await installPackages([{ names: ['buildah'], instead: 'start a docker daemon' }], steps)
  return await createBuildah(directory)
}

/** Undefined for the Dockerfile's own, where it can be had. */
async function chooseBase(
  asked: string | undefined,
  { engine, steps, fresh }: { readonly engine: Engine; readonly steps: Steps; readonly fresh: boolean },
): Promise<string | undefined> {
  if (asked !== undefined && asked !== 'local') return asked
  const file = await readFile(join(checkout, 'infra/images/Dockerfile'), 'utf8')
  const [, own = ''] = /^ARG BASE=(\S+)$/m.exec(file) ?? []
  if (asked === undefined) {
    if (await engine.has(own)) return undefined
    steps.note(`${own} cannot be had here`)
  }
  if (findOnPath('debootstrap') === undefined)
    await installPackages([{ names: ['debootstrap'], instead: `let the engine reach ${own}` }], steps)
  return await makeLocalBase({ directory, engine, steps, fresh })
}

function table(built: readonly BuiltImage[]): string {
  const rows = built.map(({ image, sizeBytes, npmPackages, debianPackages, archive }) =>
    [
      image.padEnd(36),
      `${Math.round(sizeBytes / 1e6)} MB`.padStart(7),
      `${npmPackages} npm`.padStart(8),
      `${debianPackages} deb`.padStart(8),
      archive,
    ].join('  '),
  )
  return `${rows.join('\n')}\n`
}
