/** Where things are in the cluster, for tests, which run in its node's network: a node may reach every pod of its own. */
import { kubectl } from '#infra/cluster/kubectl.ts'
import { mailsTo, type Inbox } from '#infra/local/system/inbox.ts'

export const serviceAddress = async (name: string, namespace = 'earshot'): Promise<string> =>
  await kubectl(['get', 'service', name, '--namespace', namespace, '--output', 'jsonpath={.spec.clusterIP}'])

export const podAddress = async (name: string): Promise<string> =>
  await kubectl(['get', 'pod', name, '--namespace=earshot', '--output', 'jsonpath={.status.podIP}'])

/** @param namespace Where the inbox is. */
export async function clusterInbox(namespace = 'earshot'): Promise<Pick<Inbox, 'mailsTo'>> {
  const url = `http://${await serviceAddress('inbox', namespace)}:1080`
  return { mailsTo: (recipient, signal) => mailsTo(url, recipient, signal) }
}
