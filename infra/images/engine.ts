/** What builds images here: docker where its daemon answers, else buildah, which needs none. */
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand, type CommandResult } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import { checkout } from '#infra/local/folders.ts'

export interface Build {
  readonly file: string
  readonly target?: string
  readonly tag: string
  readonly context?: string
  readonly arguments?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  /** Of what the Dockerfile takes as VERSION. */
  readonly version?: string
  /** Takes nothing from builds before. */
  readonly fresh?: boolean
}

export interface Engine {
  readonly name: 'docker' | 'buildah'
  build(build: Build): Promise<void>
  /** Whether the image is here or its registry can be reached. */
  has(image: string): Promise<boolean>
  /** Runs a program in a new container of the image, as the image's user. */
  run(image: string, command: readonly string[]): Promise<CommandResult>
  /** Writes a docker-archive in the place of the one before, as `docker load` and `ctr images import` take it. */
  save(image: string, archive: string): Promise<void>
  /** Pushes an image under another name. @returns the digest of its manifest, as the registry has it. */
  push(image: string, target: string): Promise<string>
}

const buildArguments = ({
  file,
  target,
  tag,
  arguments: given = {},
  labels = {},
  version,
  context = checkout,
}: Build) => [
  ...['--file', file, '--tag', tag],
  ...(target === undefined ? [] : ['--target', target]),
  ...Object.entries(given).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
  ...(version === undefined ? [] : ['--build-arg', `VERSION=${version}`]),
  ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
  ...authorities(),
  context,
]

/** Whose certificates this machine's Node trusts beyond its own list, for npm while it builds. */
function authorities(): string[] {
  const file = process.env['NODE_EXTRA_CA_CERTS']
  return file === undefined ? [] : ['--secret', `id=authorities,src=${file}`]
}

export async function dockerAnswers(): Promise<boolean> {
  return (await runCommand('docker', ['version', '--format', '{{.Server.Version}}'])).code === 0
}

export function createDocker(): Engine {
  const docker = (args: readonly string[]) => succeed('docker', args)
  return {
    name: 'docker',
    build: async (build) => {
      await docker(['build', ...(build.fresh ? ['--no-cache', '--pull'] : []), ...buildArguments(build)])
    },
    has: async (image) => {
      if ((await runCommand('docker', ['image', 'inspect', image])).code === 0) return true
      return (await runCommand('docker', ['pull', '--quiet', image])).code === 0
    },
    run: (image, [program = '', ...args]) =>
      runCommand('docker', ['run', '--rm', '--read-only', '--entrypoint', program, image, ...args]),
    save: replaceBy((image, archive) => docker(['save', '--output', archive, image])),
    async push(image, target) {
      await docker(['tag', image, target])
      await docker(['push', '--quiet', target])
      const told = await docker(['image', 'inspect', '--format', '{{json .RepoDigests}}', target])
      const repository = target.slice(0, target.lastIndexOf(':'))
      // One for each registry that the image is in.
      const found = (JSON.parse(told) as string[]).find((one) => one.startsWith(`${repository}@`))
      if (found === undefined) throw new SetUpError(`docker knows no digest of ${target}`)
      return found.slice(repository.length + 1)
    },
  }
}

/** @param directory Everything of buildah's lies there: nothing is added to what this machine's containers use. */
export async function createBuildah(directory: string): Promise<Engine> {
  const folders = ['--root', join(directory, 'store'), '--runroot', join(directory, 'run')]
  const overlay = [...folders, '--storage-driver', 'overlay']
  const hasOverlay = (await runCommand('buildah', [...overlay, 'info'])).code === 0
  const store = hasOverlay ? overlay : [...folders, '--storage-driver', 'vfs']
  const buildah = (args: readonly string[]) => succeed('buildah', [...store, ...args])
  return {
    name: 'buildah',
    build: async (build) => {
      const caching = build.fresh ? ['--no-cache'] : []
      // A container's own namespaces are not to be had everywhere; docker's format alone has health checks.
      const how = ['--isolation', 'chroot', '--format', 'docker', '--layers', ...caching]
      // buildah 1.28 takes an ENV with another argument in it from its cache: what it says at last is not cached.
      const told = build.version === undefined ? [] : ['--env', `VERSION=${build.version}`]
      await buildah(['build', ...how, ...told, ...buildArguments(build)])
    },
    has: async (image) =>
      (await runCommand('buildah', [...store, 'pull', '--policy', 'missing', '--quiet', image])).code === 0,
    run: async (image, command) => {
      const container = (await buildah(['from', '--pull-never', image])).trim()
      try {
        return await runCommand('buildah', [
          ...store,
          'run',
          '--isolation',
          'chroot',
          container,
          '--',
          ...command,
        ])
      } finally {
        await buildah(['rm', container])
      }
    },
    save: replaceBy((image, archive) =>
      buildah(['push', '--quiet', image, `docker-archive:${archive}:${image}`]),
    ),
    async push(image, target) {
      const file = join(directory, 'digest')
      // As docker does by itself: a registry of this machine may do without a certificate.
      const plain = /^(localhost|127\.0\.0\.1)[:/]/.test(target) ? ['--tls-verify=false'] : []
      await buildah(['push', '--quiet', ...plain, '--digestfile', file, image, `docker://${target}`])
      return (await readFile(file, 'utf8')).trim()
    },
  }
}

/** An archive has its name only when it is whole, and buildah adds to none that is there. */
const replaceBy =
  (write: (image: string, archive: string) => Promise<unknown>): Engine['save'] =>
  async (image, archive) => {
    await rm(`${archive}.new`, { force: true })
    await write(image, `${archive}.new`)
    await rename(`${archive}.new`, archive)
  }

async function succeed(command: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, args)
  if (code === 0) return stdout
  const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-30).join('\n')
  throw new SetUpError(`${command} ${args.join(' ')} ended with code ${code}. Its output ends so:\n${end}`)
}
