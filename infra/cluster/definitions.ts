/** The definitions of custom resources that the overlay `production` uses and whose operators do not run here. */
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kubectl } from './kubectl.ts'
import { runOrThrow } from './run-or-throw.ts'

const cwd = join(import.meta.dirname, 'programs/definitions')

/** Where each module has them. */
const folders: Readonly<Record<string, string>> = {
  'github.com/cert-manager/cert-manager': 'deploy/crds',
  'github.com/external-secrets/external-secrets': 'config/crds/bases',
  'github.com/prometheus-operator/prometheus-operator': 'example/prometheus-operator-crd',
  'sigs.k8s.io/gateway-api': 'config/crd/standard',
}

/** By their names and versions alone: what those modules require is not looked up. */
export async function applyDefinitions(): Promise<void> {
  const required = await readFile(join(cwd, 'go.mod'), 'utf8')
  for (const [module, folder] of Object.entries(folders)) {
    const version = new RegExp(`${module} (v\\S+)`).exec(required)![1]!
    const options = { cwd, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' } }
    const said = await runOrThrow(['go', 'mod', 'download', '-json', `${module}@${version}`], options)
    const { Dir } = JSON.parse(said) as { Dir: string }
    // Whatever lies there besides is named otherwise.
    const files = await Array.fromAsync(glob(join(Dir, folder, '*_*.yaml')))
    const named = files.flatMap((file) => ['--filename', file])
    await kubectl(['apply', '--server-side', '--force-conflicts', ...named])
  }
}
