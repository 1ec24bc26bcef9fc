/** Builds the images, tries each of them, and writes it down: an archive, and the list of what is in it. */
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkout } from '#infra/local/folders.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import type { Engine } from './engine.ts'
import { nodeArguments, type ProgramName } from '#infra/images/pack/programs.ts'
import { withDebianPackages, type SoftwareList } from './software-list.ts'

export interface ImageBuild {
  readonly engine: Engine
  readonly steps: Steps
  readonly names: readonly ProgramName[]
  readonly tag: string
  /** As their processes tell it. */
  readonly version: string
  /** Instead of the Dockerfile's own base. */
  readonly base: string | undefined
  /** Gets the archives. */
  readonly directory: string
  readonly fresh: boolean
}

export interface BuiltImage {
  readonly image: string
  readonly archive: string
  readonly sizeBytes: number
  readonly npmPackages: number
  readonly debianPackages: number
}

/** As the manifests of the base have it. */
export const localName = (name: string): string => `localhost/earshot/${name}`

export const imageName = (name: string, tag: string): string => `${localName(name)}:${tag}`

export async function buildImages(options: ImageBuild): Promise<readonly BuiltImage[]> {
  const labels = {
    'org.opencontainers.image.version': options.version,
    'org.opencontainers.image.revision': await revision(),
  }
  const built: BuiltImage[] = []
  // The first rebuilds everything, where that is asked for; the others have most of it in common.
  for (const [index, name] of options.names.entries())
    built.push(await buildImage(name, { ...options, fresh: options.fresh && index === 0 }, labels))
  return built
}

function buildImage(
  name: ProgramName,
  { engine, steps, tag, version, base, directory, fresh }: ImageBuild,
  labels: Readonly<Record<string, string>>,
): Promise<BuiltImage> {
  const image = imageName(name, tag)
  return steps.run(`${image}, by ${engine.name}`, async () => {
    const file = join(checkout, 'infra/images/Dockerfile')
    const given = base === undefined ? {} : { BASE: base }
    await engine.build({ file, target: name, tag: image, arguments: given, labels, version, fresh })
    await tryOut(engine, image, name, version)
    const software = await softwareOf(engine, image)
    await mkdir(directory, { recursive: true })
    const archive = join(directory, `${name}.tar`)
    await engine.save(image, archive)
    await writeFile(join(directory, `${name}.cdx.json`), `${JSON.stringify(software, null, 2)}\n`)
    const components = software.components ?? []
    const debianPackages = components.filter(({ purl }) => purl?.startsWith('pkg:deb/')).length
    const { size: sizeBytes } = await stat(archive)
    const npmPackages = components.length - debianPackages
    return {
      value: { image, archive, sizeBytes, npmPackages, debianPackages },
      cost: `${Math.round(sizeBytes / 1e6)} MB`,
    }
  })
}

/** A program that lacks a file or a package ends with a stack; a whole one names the settings that it is not given, or shows help. */
async function tryOut(engine: Engine, image: string, name: ProgramName, version: string): Promise<void> {
  const told = (await engine.run(image, ['node', '--print', 'process.env.VERSION'])).stdout.trim()
  if (told !== version)
    throw new SetUpError(`${image} tells its processes the version ${told}, and is of ${version}`)
  const { code, stdout, stderr } = await engine.run(image, ['node', ...nodeArguments(name, '/opt/earshot')])
  const said = `${stdout}${stderr}`
  if (
    name === 'admin'
      ? said.includes('Usage: earshot admin')
      : code === 1 && said.includes('PUBLIC_URL: is not set')
  )
    return
  throw new SetUpError(`${image} does not start; its program ended with code ${code} and said:\n${said}`)
}

async function softwareOf(engine: Engine, image: string): Promise<SoftwareList> {
  const read = async (command: readonly string[]) => {
    const { code, stdout, stderr } = await engine.run(image, command)
    if (code !== 0)
      throw new SetUpError(`${command.join(' ')} in ${image} ended with code ${code}: ${stderr}`)
    return stdout
  }
  const status = await read([
    'sh',
    '-c',
    'cat /var/lib/dpkg/status; for f in /var/lib/dpkg/status.d/*; do [ ! -f "$f" ] || { echo; cat "$f"; }; done',
  ])
  const list = JSON.parse(await read(['cat', '/opt/earshot/sbom.cdx.json'])) as SoftwareList
  return withDebianPackages(list, status)
}

/** `unknown` outside a repository; a commit that the files differ from is marked. */
async function revision(): Promise<string> {
  const { code, stdout } = await runCommand('git', ['describe', '--always', '--abbrev=40', '--dirty'], {
    cwd: checkout,
  })
  return code === 0 ? stdout.trim() : 'unknown'
}
