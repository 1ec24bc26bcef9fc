/** Confines ffmpeg and ffprobe, which read what strangers send: to the files of a job, without a network, within bounds. */
import { execFile } from 'node:child_process'
import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { Gauge, type Registry } from 'prom-client'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { filterFd, openedFilter } from './opened-filter.ts'
import { resourceLimits, type ResourceLimits } from './resource-limits.ts'
import type { Logger } from '#runtime/process/log.ts'

/** Advice for an operator whose sandbox lacks the protection `namespaces`. */
export const namespacesAdvice =
  'install bubblewrap and allow user namespaces, or let the container be the sandbox (FFMPEG_SANDBOX=weak)'

export const sandboxModes = ['required', 'weak', 'off'] as const

export type SandboxMode = (typeof sandboxModes)[number]

export interface Access {
  readonly read: readonly string[]
  /** Folders. */
  readonly write: readonly string[]
  readonly limits?: ResourceLimits
}

export interface Sandbox {
  /** All that a program is confined by, the strongest first. */
  readonly protections: readonly Protection[]
  /**
   * The command line that runs the program with access to these files alone, up to and including the program itself. Its
   * first word is always the path of env(1).
   */
  confine(program: string, access: Access): readonly [string, ...string[]]
}

/** `namespaces`: no file but the job's, no network, no other process, nobody's user id. The others say what they are. */
export type Protection =
  | 'namespaces'
  | 'system call filter'
  | 'resource limits'
  | 'no new privileges'
  | 'empty environment'

export interface SandboxOptions {
  /** `required` is everything or nothing at all, `weak` what the kernel allows, `off` is for measuring. */
  readonly mode: SandboxMode
  /** What will run in it: tried at once, so that a missing library is found before the first upload. */
  readonly programs: readonly string[]
  readonly log: Logger
  readonly metrics?: Registry
}

/** Where a program finds its libraries. /usr is bound; on older systems the others are folders of their own. */
const systemFolders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64']

const run = promisify(execFile)

/** For tests and measurements. */
export const unconfined: Sandbox = {
  protections: [],
  confine: (program) => [findExecutable('env'), findExecutable('setsid'), program],
}

/** @throws Error when the sandbox is required and the kernel, or what is installed, does not allow it. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await strongestSandbox(options)
  new Gauge({
    name: 'earshot_ffmpeg_sandbox',
    help: '1 for the walls that stand around ffmpeg: namespaces, or none',
    labelNames: ['walls'],
    registers: options.metrics ? [options.metrics] : [],
  }).set({ walls: sandbox.protections.includes('namespaces') ? 'namespaces' : 'none' }, 1)
  return sandbox
}

async function strongestSandbox({ mode, programs, log }: SandboxOptions): Promise<Sandbox> {
  if (mode === 'off') {
    log.warn('ffmpeg runs without a sandbox, because FFMPEG_SANDBOX is off')
    return unconfined
  }
  const executables = programs.map((program) => realpathSync(findExecutable(program)))
  let reason: unknown
  try {
    const strong = confinedBy(namespaces(executables), ['namespaces', 'system call filter'])
    await tryOut(strong, executables)
    log.info({ protections: strong.protections }, 'ffmpeg runs in a sandbox')
    return strong
  } catch (error) {
    if (mode === 'required')
      throw new Error(`bubblewrap does not run here, and FFMPEG_SANDBOX is required: ${namespacesAdvice}`, {
        cause: error,
      })
    reason = error
  }
  const weak = confinedBy([findExecutable('setpriv'), '--no-new-privs'], [])
  await tryOut(weak, executables)
  log.warn(
    { protections: weak.protections, err: reason },
    `ffmpeg runs without namespaces: ${namespacesAdvice}`,
  )
  return weak
}

/** The jail's own arguments come before the access to files, which is bubblewrap's alone. */
function confinedBy(jail: readonly string[], stronger: readonly Protection[]): Sandbox {
  const [env, prlimit, setsid] = ['env', 'prlimit', 'setsid'].map(findExecutable) as [string, string, string]
  const bound = stronger.includes('namespaces')
  return {
    protections: [...stronger, 'resource limits', 'no new privileges', 'empty environment'],
    confine: (program, { read, write, limits }) => [
      env,
      '-i',
      // A group of its own, by which all of it is ended.
      setsid,
      ...jail,
      ...(bound ? binds(read, write) : []),
      prlimit,
      ...resourceLimits(limits),
      program,
    ],
  }
}

/** In this order: a file that is read stays read-only in a folder that is written to. */
const binds = (read: readonly string[], write: readonly string[]): string[] => [
  ...write.flatMap((folder) => ['--bind', folder, folder]),
  ...read.flatMap((file) => ['--ro-bind', file, file]),
]

/** bubblewrap sets no_new_privs itself. Without /proc; ended with the process that started it. */
function namespaces(executables: readonly string[]): readonly string[] {
  const own = [...new Set(executables.map(dirname))].filter((folder) => !/^\/(usr|bin)(\/|$)/.test(folder))
  return [
    ...openedFilter(),
    ...[findExecutable('bwrap'), '--seccomp', `${filterFd}`],
    ...['--unshare-all', '--unshare-user', '--uid', '65534', '--gid', '65534', '--hostname', 'sandbox'],
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--ro-bind', '/usr', '/usr', '--dev', '/dev'],
    ...systemFolders.flatMap(bindSystemFolder),
    ...['/etc/ld.so.cache', '/etc/alternatives'].flatMap((path) => ['--ro-bind-try', path, path]),
    ...own.flatMap((folder) => ['--ro-bind', folder, folder]),
  ]
}

function bindSystemFolder(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
}

async function tryOut(sandbox: Sandbox, executables: readonly string[]): Promise<void> {
  for (const executable of executables) {
    const [command, ...args] = sandbox.confine(executable, { read: [], write: [] })
    await run(command, [...args, '-version'], { timeout: 20_000, killSignal: 'SIGKILL' })
  }
}
