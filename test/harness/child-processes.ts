/** The processes this one has started and that are still there, by Linux's /proc. */
import { readdir, readFile } from 'node:fs/promises'

/** Their program names. Those of a process that is just ending are left out. */
export async function childProcesses(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      // `pid (name) state ppid …`: the name may hold spaces and brackets (proc(5)).
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      const parts = /^\d+ \((.*)\) (\w) (\d+)/s.exec(stat)
      return parts && Number(parts[3]) === process.pid && parts[2] !== 'Z' ? [parts[1]!] : []
    }),
  )
  return found.flat()
}
