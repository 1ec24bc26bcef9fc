/** Ends a program and all that it has started, by the process group that it leads (see `sandbox.ts`, setsid). */

/**
 * Ends the group, and its leader apart: one that has only just been started may not lead it yet. bubblewrap that is killed as it
 * makes its namespaces leaves a child behind that waits for it without end, with the pipes of both open.
 */
export function endProcessGroup(pid: number): void {
  for (const target of [-pid, pid, -pid]) {
    try {
      process.kill(target, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
