/** How much memory each process has while a large file goes from the client through the router onto media's disk and into the store. */
import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Machine } from '#infra/local/machine/set-up.ts'
import type { System } from '#infra/local/system/system.ts'
import { rounded, type Bench } from './measurement.ts'
import type { ApiUser } from '#test/harness/api-user.ts'
import { watchMemory } from '#test/harness/process-memory.ts'
import { uploadLargeFile } from './upload-large-file.ts'

const run = promisify(execFile)

/** Of silence as 32-bit samples. */
const bytesPerSecond = 48_000 * 2 * 4
const sizesGb = [1, 3]

export interface UploadMemory {
  readonly someone: ApiUser
  readonly system: System
  readonly machine: Machine
  readonly directory: string
}

/**
 * One size after another, in processes that go on: what is held of each byte would show threefold. How far a process grows says little
 * by itself: one that begins small, or has given its memory back, grows by more to the same peak.
 */
export async function benchUploadMemory(
  add: Parameters<Bench>[0],
  { someone, system, machine, directory }: UploadMemory,
): Promise<void> {
  for (const sizeGb of sizesGb) {
    const file = join(directory, 'big.mov')
    const seconds = String(Math.ceil((sizeGb * 1e9) / bytesPerSecond))
    const silence = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-t', seconds, '-c:a', 'pcm_s32le']
    await run(machine.ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...silence, file])
    await using memory = watchMemory(
      new Map([...system.services].map(([name, service]) => [name, service.pid!])),
    )
    const { status } = await uploadLargeFile(someone, file)
    if (status !== 'READY') throw new Error(`the upload of ${sizeGb} GB is ${status}`)
    for (const [name, { firstMb, peakMb }] of memory.use()) {
      const measured = { case: `${sizeGb} GB upload`, unit: 'MB' }
      add({ ...measured, metric: `${name} at most`, value: rounded(peakMb) })
      add({ ...measured, metric: `${name} grows by`, value: rounded(peakMb - firstMb) })
    }
    await rm(file)
  }
}
