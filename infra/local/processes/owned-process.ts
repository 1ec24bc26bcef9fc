/** A child process in a group of its own. It is recorded in a file, and ends when its owner stops it or dies. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { identify } from './identity.ts'

export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface OwnedProcess extends AsyncDisposable {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  /** Standard output, when it was asked for. */
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  readonly exited: Promise<ProcessEnd>
  /** SIGTERM, and SIGKILL to the whole group after the grace. */
  stop(): Promise<ProcessEnd>
  /** SIGKILL to the whole group. */
  kill(): Promise<ProcessEnd>
}

export interface ProcessOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Holds `run/` (what is running, see stale-processes.ts) and `log/`. */
  readonly directory: string
  readonly cwd?: string
  readonly graceMs?: number
  /** `file` lets the child write its log itself, `pipe` gives its lines to the caller. */
  readonly output?: 'file' | 'pipe'
}

export async function startProcess(options: ProcessOptions): Promise<OwnedProcess> {
  const { name, directory, env, cwd, graceMs = 10_000, output = 'file' } = options
  const logFile = join(directory, 'log', `${name}.log`)
  const record = join(directory, 'run', `${name}.json`)
  for (const file of [logFile, record]) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const log = output === 'file' ? openSync(logFile, 'a', 0o600) : undefined
  const [command, args] = withParentDeathSignal(options.command, options.args)
  // A group of its own keeps the terminal's Ctrl-C away: the owner stops its children in order.
  const stdio = log === undefined ? 'pipe' : log
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', stdio, stdio] })
  if (log !== undefined) closeSync(log)
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => {
      rmSync(record, { force: true })
      resolve({ code, signal })
    })
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => reject(new Error(`${options.command} cannot be run`, { cause })))
  })
  const pid = child.pid as number
  writeFileSync(record, JSON.stringify({ name, ...identify(pid) }))

  const running = () => child.exitCode === null && child.signalCode === null
  const kill = async () => {
    // The group leader is not reaped yet, so the number still means this group.
    if (running()) signalGroup(pid, 'SIGKILL')
    return exited
  }
  const stop = async () => {
    if (running()) child.kill('SIGTERM')
    const patience = new AbortController()
    const late = delay(graceMs, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const)
    const first = await Promise.race([exited, late])
    patience.abort()
    return first === 'late' ? kill() : first
  }
  const { stdout, stderr } = child
  return {
    name,
    pid,
    logFile,
    stdout,
    stderr,
    exited,
    stop,
    kill,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

/** Linux can send a signal when the parent dies; util-linux's setpriv asks for it and then becomes the command. */
function withParentDeathSignal(command: string, args: readonly string[]): [string, readonly string[]] {
  const setpriv = '/usr/bin/setpriv'
  if (!existsSync(setpriv)) return [command, args]
  return [setpriv, ['--pdeathsig', 'TERM', '--', command, ...args]]
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
