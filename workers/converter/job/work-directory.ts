/** A folder of this process's own for the files of running jobs; what dead processes left in theirs is removed. */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface WorkDirectory extends AsyncDisposable {
  readonly path: string
}

const ownerPid = (name: string): number | undefined => {
  const pid = /^converter-(\d+)$/.exec(name)?.[1]
  return pid === undefined ? undefined : Number(pid)
}

export async function createWorkDirectory(parent: string): Promise<WorkDirectory> {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  for (const name of await readdir(parent)) {
    const pid = ownerPid(name)
    // In a container every process has the same number: a folder of ours from before is a dead one's too.
    if (pid !== undefined && (pid === process.pid || !isAlive(pid)))
      await rm(join(parent, name), { recursive: true, force: true })
  }
  const path = join(parent, `converter-${process.pid}`)
  await mkdir(path, { mode: 0o700 })
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
