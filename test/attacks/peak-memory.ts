/** The most memory that each process had during an attack, against its limit. */
import assert from 'node:assert/strict'
import type { ServiceKind } from '#infra/local/system/services.ts'
import { memoryLimits } from '#infra/memory-limits.ts'
import type { MemoryUse } from '#test/harness/process-memory.ts'

/** In MiB, by process; what it started stands for itself, where it started anything. */
export function peaksOf(use: ReadonlyMap<string, MemoryUse>): Record<string, number> {
  return Object.fromEntries(
    [...use].flatMap(([name, { peakMb, peakOfProgramsMb }]) => [
      [name, Math.round(peakMb)],
      ...(peakOfProgramsMb === 0 ? [] : [[`${name}'s ffmpeg`, Math.round(peakOfProgramsMb)]]),
    ]),
  )
}

export function assertWithinLimits(use: ReadonlyMap<string, MemoryUse>): void {
  for (const [name, { peakMb, peakOfProgramsMb }] of use) {
    const { processMb, programsMb } = memoryLimits[name as ServiceKind]
    assert.ok(peakMb > 0, `${name} runs`)
    assert.ok(peakMb <= processMb, `${name} had ${Math.round(peakMb)} MiB; its limit is ${processMb}`)
    const programs = `what ${name} started had ${Math.round(peakOfProgramsMb)} MiB; the limit is ${programsMb}`
    assert.ok(peakOfProgramsMb <= programsMb, programs)
  }
}
