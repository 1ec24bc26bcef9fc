/** Counts the hashes of passwords that are computed: the dearest work that a stranger can ask for. */
import { Counter, type Registry } from 'prom-client'

export function countPasswordRuns(registry: Registry): () => void {
  const runs = new Counter({
    name: 'earshot_auth_password_hashes_total',
    help: 'Hashes of passwords that were computed, to check one or to store one.',
    registers: [registry],
  })
  return () => runs.inc()
}
