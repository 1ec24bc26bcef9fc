/** The processes that this one has started and that are still there. */
import { isZombie, parentOf, programName, runningPids } from '#infra/local/processes/proc.ts'

/** Their program names. */
export const childProcesses = (): string[] =>
  runningPids()
    .filter((pid) => parentOf(pid) === process.pid && !isZombie(pid))
    .map(programName)
