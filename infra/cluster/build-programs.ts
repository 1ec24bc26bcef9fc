/** Builds Kubernetes and its add-ons from their Go modules, at the versions that go.mod and go.sum name. */
import { createHash } from 'node:crypto'
import { existsSync, globSync } from 'node:fs'
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findOnPath } from '#runtime/process/find-executable.ts'
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

/** Folders of sources with a go.mod each. The last two are of what a cluster has only if it is asked for. */
export type GoModule = 'kube' | 'addons' | 'keda' | 'traefik'

interface Build {
  readonly program: string
  readonly module: GoModule
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
  { program: 'metrics-server', module: 'addons', package: 'sigs.k8s.io/metrics-server/cmd/metrics-server' },
  { program: 'keda', module: 'keda', package: 'github.com/kedacore/keda/v2/cmd/operator' },
  { program: 'keda-adapter', module: 'keda', package: 'github.com/kedacore/keda/v2/cmd/adapter' },
  { program: 'traefik', module: 'traefik', package: 'github.com/traefik/traefik/v3/cmd/traefik' },
]

/** Builds what was built from other sources than these. */
export async function buildPrograms(modules: readonly GoModule[], steps: Steps): Promise<void> {
  await mkdir(places.programs, { recursive: true })
  for (const module of modules) await buildModule(module, steps)
  for (const name of inKube) {
    const link = join(places.programs, name)
    if (!existsSync(link)) await symlink('kube', link)
  }
}

async function buildModule(module: GoModule, steps: Steps): Promise<void> {
  const mark = await markOf(module)
  const file = join(places.programs, `${module}.built-from`)
  if (existsSync(file) && (await readFile(file, 'utf8')) === mark) return
  if (findOnPath('go') === undefined) throw new SetUpError('Install Go 1.26 or newer, and put it on the PATH')
  for (const build of builds.filter((candidate) => candidate.module === module))
    await steps.run(`${build.program}, by go build`, async () => {
      await goBuild(build)
      const { size } = await stat(join(places.programs, build.program))
      return { value: undefined, cost: `${Math.round(size / 1e6)} MB` }
    })
  await writeFile(file, mark)
}

/** At the lowest priority: the first time it takes long, and everything that there is. */
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

async function markOf(module: GoModule): Promise<string> {
  const hash = createHash('sha256')
  const cwd = join(sources, module)
  for (const file of globSync('**/{go.mod,go.sum,*.go}', { cwd }).toSorted())
    hash.update(file).update(await readFile(join(cwd, file)))
  return hash.digest('hex').slice(0, 16)
}

/** Where the module lies whose manifests something is set up with, at the version that go.mod names. */
export async function moduleFolder(module: GoModule, path: string): Promise<string> {
  const cwd = join(sources, module)
  const options = { cwd, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' } }
  return (await runOrThrow(['go', 'list', '-m', '-f', '{{.Dir}}', path], options)).trim()
}
