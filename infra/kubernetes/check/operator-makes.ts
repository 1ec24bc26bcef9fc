/** What manifests want that an operator makes by hand: whether `earshot admin secrets` makes it for them. */
import { makeKubernetesSecrets } from '#infra/local/system/kubernetes-secrets.ts'
import { containersOf, labelOf, type Manifest, type Workload } from './manifest.ts'

/** A private CA's certificate is its owner's. */
export const configMapsOfOperator: ReadonlySet<string> = new Set(['private-ca'])

const made = makeKubernetesSecrets(1)

/** Where mail goes to, and what SendGrid signs with, is not ours to make. */
const ownersKeys = ['SMTP_URL', 'SENDGRID_API_KEY', 'SENDGRID_WEBHOOK_PUBLIC_KEY']

const keysOf = (secret: string): ReadonlySet<string> | undefined => {
  const keys = made[secret]
  return keys && new Set([...Object.keys(keys), ...(secret === 'earshot' ? ownersKeys : [])])
}

interface Wanted {
  readonly secret: string
  /** All of them where none is named. */
  readonly keys: readonly string[]
}

export function missingKeys(workload: Workload): string[] {
  const byVolume = (workload.pod.volumes ?? []).flatMap(({ secret }): Wanted[] => {
    const name = secret?.secretName
    return name === undefined ? [] : [{ secret: name, keys: (secret?.items ?? []).map(({ key }) => key) }]
  })
  const byVariable = containersOf(workload).flatMap(({ env = [] }) =>
    env.flatMap(({ valueFrom }): Wanted[] => {
      const { name, key } = valueFrom?.secretKeyRef ?? {}
      return name === undefined || key === undefined ? [] : [{ secret: name, keys: [key] }]
    }),
  )
  return [...byVolume, ...byVariable].flatMap((wanted) => problemsOf(workload.name, wanted))
}

/** What KEDA asks the broker with. */
export function missingKeysOfKeda(authentication: Manifest): string[] {
  const wanted = (authentication['spec'].secretTargetRef ?? []) as { name: string; key: string }[]
  return wanted.flatMap(({ name, key }) => problemsOf(labelOf(authentication), { secret: name, keys: [key] }))
}

function problemsOf(who: string, { secret, keys }: Wanted): string[] {
  const known = keysOf(secret)
  if (known === undefined) return [`${who}: nobody makes a Secret ${secret}`]
  return keys.filter((key) => !known.has(key)).map((key) => `${who}: the Secret ${secret} has no ${key}`)
}
