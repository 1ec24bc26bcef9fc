/** Sandboxes of each kind, whatever the machine prefers, and a shell where ffmpeg would run. */
import { execFile } from 'node:child_process'
import { mkdtemp, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { findExecutable } from '#runtime/process/find-executable.ts'
import type { Access } from '#runtime/ffmpeg/jail.ts'
import { createSandbox, type Sandbox, type SandboxOptions } from '#runtime/ffmpeg/sandbox.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'

const run = promisify(execFile)
const log = pino({ level: 'silent' })

export type Walls = 'namespaces' | 'landlock' | 'none'

/**
 * @param directory Of the test: for as long as the sandbox is used.
 * @throws Error where the sandbox is required and the machine has no such walls.
 */
export async function createWalled(
  walls: Walls,
  directory: string,
  {
    mode = 'required',
    metrics = new Registry(),
    ...others
  }: Partial<Pick<SandboxOptions, 'mode' | 'metrics' | 'others'>> = {},
): Promise<Sandbox> {
  const options = { mode, programs: [ffmpegPath, ffprobePath].map(findExecutable), log, metrics, ...others }
  return walls === 'namespaces'
    ? await createSandbox(options)
    : await withoutBubblewrap(walls, directory, () => createSandbox(options))
}

async function withoutBubblewrap<T>(walls: Walls, directory: string, make: () => Promise<T>): Promise<T> {
  const bin = await mkdtemp(join(directory, 'bin-'))
  for (const name of ['env', 'prlimit', 'setpriv', 'setsid', 'sh', ...(walls === 'landlock' ? ['perl'] : [])])
    await symlink(findExecutable(name), join(bin, name))
  const path = process.env['PATH']
  process.env['PATH'] = bin
  try {
    return await make()
  } finally {
    process.env['PATH'] = path
  }
}

export const nothing: Access = { read: [], write: [] }

/** @returns what the script wrote. @throws Error when it fails, with its words. */
export async function shellIn(sandbox: Sandbox, script: string, access = nothing): Promise<string> {
  const [command, ...args] = sandbox.confine(findExecutable('bash'), access)
  return (await run(command, [...args, '--norc', '-c', script])).stdout.trim()
}
