/** Builds Kubernetes and its add-ons from their Go modules, at the versions that go.mod and go.sum name. */
import { createHash } from 'node:crypto'
import { existsSync, globSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findOnPath } from '#runtime/process/find-executable.ts'
import { folderMegabytes } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import { places } from './places.ts'
import { runOrThrow } from './run-or-throw.ts'

const sources = join(import.meta.dirname, 'programs')

/** The programs that one binary holds: what it is called by picks one. */
const inKube = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'kubelet',
  'kubectl',
]

interface Build {
  readonly program: string
  /** A folder of sources with a go.mod of its own. */
  readonly module: string
  readonly package: string
}

const builds: readonly Build[] = [
  { program: 'pause', module: 'kube', package: './pause' },
  { program: 'kube', module: 'kube', package: '.' },
  { program: 'coredns', module: 'addons', package: './coredns' },
  {
    program: 'kube-router',
    module: 'addons',
    package: 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router',
  },
  {
    program: 'local-path-provisioner',
    module: 'addons',
    package: 'github.com/rancher/local-path-provisioner',
  },
]

/** Builds what its source is newer than. @returns a name for this state of the sources. */
export async function buildPrograms(steps: Steps): Promise<string> {
  await mkdir(places.programs, { recursive: true })
  const mark = await markOf()
  const file = join(places.programs, 'built-from')
  if (existsSync(file) && (await readFile(file, 'utf8')) === mark) return mark
  if (findOnPath('go') === undefined) throw new SetUpError('Install Go 1.26 or newer, and put it on the PATH')
  for (const build of builds)
    await steps.run(`${build.program}, by go build`, async () => {
      await goBuild(build)
      return { value: undefined }
    })
  for (const name of inKube) {
    const link = join(places.programs, name)
    if (!existsSync(link)) await symlink('kube', link)
  }
  await writeFile(file, mark)
  steps.note(`programs: ${await folderMegabytes(places.programs)} MB on disk`)
  return mark
}

/** At the lowest priority: the first time it takes a quarter of an hour and everything that there is. */
async function goBuild({ program, module, package: path }: Build): Promise<void> {
  const cwd = join(sources, module)
  const flags = ['-s', '-w', ...(program === 'kube' ? await versionFlags(cwd) : [])]
  const target = ['-o', join(places.programs, program), path]
  await runOrThrow(['nice', '-n', '19', 'go', 'build', '-ldflags', flags.join(' '), ...target], {
    cwd,
    env: {
      ...process.env,
      CGO_ENABLED: '0',
      GOTOOLCHAIN: 'local',
      GOFLAGS: '-mod=readonly -trimpath -buildvcs=false',
    },
  })
}

/** A build from a module knows no version by itself, and kubelet and API server compare theirs. */
async function versionFlags(cwd: string): Promise<string[]> {
  const version = await runOrThrow(['go', 'list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes'], { cwd })
  const [major = '', minor = ''] = version.trim().slice(1).split('.')
  const values = { gitVersion: version.trim(), gitMajor: major, gitMinor: minor, gitTreeState: 'clean' }
  return Object.entries(values).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
}

async function markOf(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of globSync('**/{go.mod,go.sum,*.go}', { cwd: sources }).toSorted())
    hash.update(file).update(await readFile(join(sources, file)))
  return hash.digest('hex').slice(0, 16)
}

/** Where the module lies whose manifests an add-on is set up with. */
export async function moduleFolder(module: string, path: string): Promise<string> {
  const folder = await runOrThrow(['go', 'list', '-m', '-f', '{{.Dir}}', path], {
    cwd: join(sources, module),
  })
  return folder.trim()
}
