/** Lists the times of all packets of a file by ffprobe, which decodes none of them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { endProcessGroup } from '#runtime/ffmpeg/end-process-group.ts'
import { fileUrl, probeOptions } from '#runtime/ffmpeg/hardening.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { createClockReader, shownPackets, type ClockReader } from './stream-clocks.ts'

/** What could be read; a file that breaks off has told what it holds up to there. */
export type ListClocks = (
  path: string,
  reading: readonly string[],
  signal: AbortSignal,
) => Promise<Pick<ClockReader, 'clocks' | 'audioStreams'>>

/** @throws Error at once when there is no such executable; the listing throws the signal's reason. */
export function createListClocks(ffprobePath: string, sandbox: Sandbox = unconfined): ListClocks {
  const executable = findExecutable(ffprobePath)
  return async (path, reading, signal) => {
    signal.throwIfAborted()
    const [command, ...launch] = sandbox.confine(executable, { read: [path], write: [] })
    const options = [...launch, ...probeOptions, ...reading, ...shownPackets, fileUrl(path)]
    const child = spawn(command, options, { stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = once(child, 'close')
    const end = () => child.pid !== undefined && endProcessGroup(child.pid)
    signal.addEventListener('abort', end, { once: true })
    try {
      const reader = createClockReader()
      for await (const line of createInterface({ input: child.stdout })) reader.line(line)
      await ended
      signal.throwIfAborted()
      return reader
    } finally {
      signal.removeEventListener('abort', end)
    }
  }
}
