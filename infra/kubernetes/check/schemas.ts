/** Manifests against the schemas of Kubernetes and of the custom resources, and nothing in them that no schema knows. */
import { labelOf, type Manifest, type Manifests } from './manifest.ts'
import { watchReads } from './watch-reads.ts'

interface Model {
  readonly prototype: { validate(this: unknown): void }
}

/** The packages that hold the schemas, by API group. A kind that is in none is refused. */
const packages: Readonly<Record<string, string>> = {
  'keda.sh': '@kubernetes-models/keda',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
}

export async function schemaProblems(manifests: Manifests): Promise<string[]> {
  return (await Promise.all(manifests.map(problemsOf))).flat()
}

async function problemsOf(manifest: Manifest): Promise<string[]> {
  const model = await modelOf(manifest)
  if (model === undefined) return [`${labelOf(manifest)}: there is no schema of ${manifest.apiVersion}`]
  const watched = watchReads(manifest)
  const problems: string[] = []
  try {
    model.prototype.validate.call(watched.view)
  } catch (error) {
    problems.push((error as Error).message)
  }
  problems.push(...watched.unread().map((path) => `${path} is not known`))
  return problems.map((problem) => `${labelOf(manifest)}: ${problem}`)
}

async function modelOf({ apiVersion, kind }: Manifest): Promise<Model | undefined> {
  const group = apiVersion.split('/', 1)[0]!
  const source = packages[group] ?? 'kubernetes-models'
  try {
    const module = (await import(`${source}/${apiVersion}/${kind}`)) as Record<string, Model>
    return module[kind]
  } catch {
    return undefined
  }
}
