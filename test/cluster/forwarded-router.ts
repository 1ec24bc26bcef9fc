/** A way from here to the router of the cluster, as the overlay for one machine describes it: kubectl port-forward. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { clientEnvironment, networkPrefix } from '#infra/cluster/node.ts'
import { connects } from '#infra/local/processes/connects.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { inNamespace } from './install-earshot.ts'

export interface ForwardedRouter extends AsyncDisposable {
  readonly publicUrl: string
}

/** Of the address that the manifests give to clients. */
export const publicPort = 4000

export async function forwardRouter(): Promise<ForwardedRouter> {
  const forward = ['kubectl', ...inNamespace, 'port-forward', 'service/router', `${publicPort}:80`]
  const [command, ...args] = [...(await networkPrefix()), ...forward]
  const child = spawn(command, args, { env: clientEnvironment, stdio: ['ignore', 'ignore', 'inherit'] })
  const closed = once(child, 'close')
  await waitUntil('the router is forwarded', () => connects(publicPort))
  return {
    publicUrl: `http://localhost:${publicPort}`,
    async [Symbol.asyncDispose]() {
      child.kill()
      await closed
    },
  }
}
