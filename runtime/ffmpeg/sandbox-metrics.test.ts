import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Registry } from 'prom-client'
import type { Protection } from './sandbox.ts'
import { tellSandbox } from './sandbox-metrics.ts'

it('the level of a sandbox is the strongest of its protections', async () => {
  const levelWith = async (...protections: Protection[]) => {
    const registry = new Registry()
    tellSandbox(registry, { protections })
    return /^earshot_ffmpeg_sandbox_info\{level="(.*)"\} 1$/m.exec(await registry.metrics())?.[1]
  }
  assert.equal(await levelWith('namespaces', 'system call filter'), 'namespaces')
  assert.equal(await levelWith('resource limits', 'empty environment'), 'resource limits')
  assert.equal(await levelWith(), 'none')
})
