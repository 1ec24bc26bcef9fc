/** What ffmpeg runs under: in the processes that told, and on this machine where it has an ffmpeg. */
import { pino } from 'pino'
import { createSandbox, wallsAdvice, type SandboxMode } from '#runtime/ffmpeg/sandbox.ts'
import type { ProcessStatus } from '#infra/admin/read-metrics.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { failed, messageOf, mind, well, type Finding } from './finding.ts'

export const checkSandboxes = (processes: readonly ProcessStatus[]): Finding[] =>
  processes.flatMap(({ url, service, sandbox }) => {
    if (sandbox === null) return []
    const told = `${service} at ${url} has walls around it: ${sandbox}`
    return sandbox === 'none' ? mind(told, wallsAdvice) : well(told)
  })

/** @param isNeeded Whether it is a fault that this machine has no ffmpeg. */
export async function checkFfmpeg(
  programs: readonly string[],
  mode: SandboxMode,
  isNeeded: boolean,
): Promise<Finding[]> {
  try {
    programs.forEach(findExecutable)
  } catch (error) {
    return isNeeded ? [failed(messageOf(error), 'install ffmpeg, or set FFMPEG_PATH and FFPROBE_PATH')] : []
  }
  try {
    const { protections } = await createSandbox({ mode, programs, log: pino({ level: 'silent' }) })
    if (protections.length === 0)
      return [mind('runs without a sandbox', 'leave FFMPEG_SANDBOX unset, unless you are measuring')]
    const told = `runs under: ${protections.join(', ')}`
    return [protections.includes('system call filter') ? well(told) : mind(told, wallsAdvice)]
  } catch (error) {
    return [failed(messageOf(error), wallsAdvice)]
  }
}
