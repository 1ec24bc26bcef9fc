/** Where things are in the cluster, for tests, which run in its node's network: a node may reach every pod of its own. */
import { kubectl } from '#infra/cluster/kubectl.ts'
import { mailsTo, type Inbox } from '#infra/local/system/inbox.ts'
import { inNamespace } from './install-earshot.ts'

export const serviceAddress = async (name: string): Promise<string> =>
  await kubectl([...inNamespace, 'get', 'service', name, '--output', 'jsonpath={.spec.clusterIP}'])

export const podAddress = async (name: string): Promise<string> =>
  await kubectl([...inNamespace, 'get', 'pod', name, '--output', 'jsonpath={.status.podIP}'])

export async function clusterInbox(): Promise<Pick<Inbox, 'mailsTo'>> {
  const url = `http://${await serviceAddress('inbox')}:1080`
  return { mailsTo: (recipient, signal) => mailsTo(url, recipient, signal) }
}
