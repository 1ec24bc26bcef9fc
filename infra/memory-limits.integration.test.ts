import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { serviceKinds } from '#infra/local/system/services.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { memoryEnvironmentOf, memoryLimits } from './memory-limits.ts'

/** Fills the young generation with what is worth nothing, and tells how large V8 has made it, and may make the heap. */
const script = `
  const kept = []
  for (let count = 0; count < 3_000_000; count++) kept[count % 100_000] = { count }
  const spaces = v8.getHeapSpaceStatistics()
  const young = spaces.find(({ space_name }) => space_name === 'new_space').space_size
  console.log(JSON.stringify({ young, heap: v8.getHeapStatistics().heap_size_limit }))`

describe('the options of each process', () => {
  for (const kind of serviceKinds)
    it(`are taken by Node, and keep the heap of ${kind} within its memory`, async () => {
      const env = { ...process.env, ...memoryEnvironmentOf(kind) }
      const { stdout } = await runCommand(process.execPath, ['--eval', script], { env })
      const { young, heap } = JSON.parse(stdout) as { young: number; heap: number }
      const { processMb, heapMb, youngMb } = memoryLimits[kind]
      assert.ok(heap >= heapMb * 2 ** 20 && heap < processMb * 2 ** 20, String(heap))
      assert.ok(young <= 2 * youngMb * 2 ** 20, String(young))
    })
})
