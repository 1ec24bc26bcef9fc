/** ffmpeg's walls in the pods that run it: what a file that took ffmpeg over could reach there. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { inNamespace } from './install-earshot.ts'

/** Each is tried by a shell in the open and by one where ffmpeg would run. The pod listens on its own port for metrics. */
const canaries = {
  'the secrets': 'cat /run/secrets/earshot/*',
  'the environment of another process': 'cat /proc/1/environ',
  'another process': 'kill -0 1',
  'a file of the service': 'cat /opt/earshot/package.json',
  'the network': 'exec 3<>/dev/tcp/127.0.0.1/9090',
  'a process of its own': 'true & wait $!',
}

const script = `
import { spawnSync } from 'node:child_process'
import { createSandbox, unconfined } from '/opt/earshot/runtime/ffmpeg/sandbox.ts'
const log = { info: () => {}, warn: () => {} }
const sandbox = await createSandbox({ mode: 'required', programs: ['ffmpeg'], log })
const reaches = (where) => Object.entries(JSON.parse(process.argv[1])).flatMap(([name, canary]) => {
  const [command, ...args] = where.confine('/bin/bash', { read: [], write: [] })
  return spawnSync(command, [...args, '--norc', '-c', canary], { stdio: 'ignore' }).status === 0 ? [name] : []
})
console.log(JSON.stringify({ walls: sandbox.protections[0], open: reaches(unconfined), walled: reaches(sandbox) }))
`

describe('ffmpeg in a pod', () => {
  for (const workload of ['statefulset/media', 'deployment/converter'])
    it(`reaches nothing but its job's files behind Landlock's walls, in ${workload}`, async () => {
      const node = ['node', '--input-type=module', '--eval', script, JSON.stringify(canaries)]
      const said = await kubectl([...inNamespace, 'exec', workload, '--', ...node])
      assert.deepEqual(JSON.parse(said), { walls: 'landlock', open: Object.keys(canaries), walled: [] })
    })
})
