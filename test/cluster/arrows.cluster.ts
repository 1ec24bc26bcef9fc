/** Every connection between pods is tried: those that the design needs are made, and no other. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { addresses } from '#infra/cluster/places.ts'
import { expectedArrows } from '#infra/kubernetes/check/expected-arrows.ts'
import { connectsFrom, type Target } from './connects-from.ts'
import { inNamespace, workloads } from './install-earshot.ts'
import { deleteStrangers, makeStrangers, strangers } from './strangers.ts'

interface Pod {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> }
  readonly spec: {
    readonly containers: readonly {
      readonly ports?: readonly { readonly name: string; readonly containerPort: number }[]
    }[]
  }
  readonly status: { readonly podIP: string; readonly phase: string }
}

const nameOf = ({ metadata }: Pod) => metadata.labels['app.kubernetes.io/name']!

async function runningPods(): Promise<readonly Pod[]> {
  const { items } = JSON.parse(await kubectl([...inNamespace, 'get', 'pods', '--output=json'])) as {
    items: readonly Pod[]
  }
  return items.filter(({ status }) => status.phase === 'Running')
}

const targetsOf = (pods: readonly Pod[]): readonly Target[] =>
  pods.flatMap((pod) =>
    pod.spec.containers.flatMap(({ ports = [] }) =>
      ports.map(({ name, containerPort }) => ({
        name: `${nameOf(pod)} ${name}`,
        host: pod.status.podIP,
        port: containerPort,
      })),
    ),
  )

describe('a connection between pods', () => {
  const names = workloads.map((workload) => workload.split('/')[1]!)
  const expected = expectedArrows(names)
  let pods: readonly Pod[]
  let open: readonly Target[]
  before(async () => {
    pods = await runningPods()
    // The node may reach every pod of its own: what does not answer it answers nobody, and would show nothing.
    const answering = new Set(await connectsFrom([process.execPath], targetsOf(pods)))
    open = targetsOf(pods).filter(({ name }) => answering.has(name))
    await makeStrangers()
  })
  after(() => deleteStrangers())

  it('is tried to every port that the design names', () => {
    const needed = [...expected].map((arrow) => arrow.split(' > ')[1]!).filter((to) => !to.startsWith('('))
    const answering = new Set(open.map(({ name }) => name))
    // The Prometheus plugin of RabbitMQ is not switched on here.
    assert.deepEqual(
      [...new Set(needed)].filter((name) => !answering.has(name)),
      ['rabbitmq metrics'],
    )
  })

  for (const name of names)
    it(`is made from ${name} where it needs it, and nowhere else`, async () => {
      const pod = pods.find((candidate) => nameOf(candidate) === name)!
      const others = open.filter(({ host }) => host !== pod.status.podIP)
      const api = { name: 'the API of Kubernetes', host: addresses.api, port: 443 }
      const node = { name: 'the node', host: addresses.node, port: 10250 }
      const command = [...inNamespace, 'exec', pod.metadata.name, '--', 'node']
      const made = await connectsFrom(['kubectl', ...command], [...others, api, node])
      const wanted = others.map((target) => target.name).filter((to) => expected.has(`${name} > ${to}`))
      assert.deepEqual(made.toSorted(), wanted.toSorted())
    })

  for (const [namespace, label] of Object.entries(strangers))
    it(`is made from ${label ?? 'another namespace'} where it needs it, and nowhere else`, async () => {
      const made = await connectsFrom(
        ['kubectl', '--namespace', namespace, 'exec', 'stranger', '--', 'node'],
        open,
      )
      const wanted = open.map((target) => target.name).filter((to) => expected.has(`(${label}) > ${to}`))
      assert.deepEqual(made.toSorted(), wanted.toSorted())
    })
})
