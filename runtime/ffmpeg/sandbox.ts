/** Confines ffmpeg and ffprobe, which read what strangers send: to the files of a job, without a network, within bounds. */
import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { promisify } from 'node:util'
import { Gauge, type Registry } from 'prom-client'
import { findExecutable } from '#runtime/process/find-executable.ts'
import type { Access, Jail } from './jail.ts'
import { landlock } from './landlock.ts'
import { namespaces } from './namespaces.ts'
import { resourceLimits } from './resource-limits.ts'
import type { Logger } from '#runtime/process/log.ts'

/** Advice for an operator whose sandbox has no walls. */
export const wallsAdvice =
  'install bubblewrap and allow user namespaces, or run on Linux 6.12 or newer with Landlock, or let the container be the sandbox (FFMPEG_SANDBOX=weak)'

export const sandboxModes = ['required', 'weak', 'off'] as const

export type SandboxMode = (typeof sandboxModes)[number]

export interface Sandbox {
  /** All that a program is confined by, the strongest first. */
  readonly protections: readonly Protection[]
  /**
   * The command line that runs the program with access to these files alone, up to and including the program itself. Its
   * first word is always the path of env(1).
   */
  confine(program: string, access: Access): readonly [string, ...string[]]
}

/**
 * `namespaces` and `landlock` are walls, of which one stands: no file but the job's, no network, no other process. In namespaces it
 * is also nobody's user id that runs. The others say what they are.
 */
export type Protection =
  | 'namespaces'
  | 'landlock'
  | 'system call filter'
  | 'resource limits'
  | 'no new privileges'
  | 'empty environment'

export interface SandboxOptions {
  /** `required` is everything or nothing at all, `weak` what the kernel allows, `off` is for measuring. */
  readonly mode: SandboxMode
  /** What will run in it: tried at once, so that a missing library is found before the first upload. */
  readonly programs: readonly string[]
  /** Programs that are none of ffmpeg's, each with the arguments that it is tried with. */
  readonly others?: readonly (readonly [program: string, ...args: string[]])[]
  readonly log: Logger
  readonly metrics?: Registry
}

/** The strongest first. */
const walls = [
  ['namespaces', namespaces],
  ['landlock', landlock],
] as const

const run = promisify(execFile)

/** For tests and measurements. */
export const unconfined: Sandbox = {
  protections: [],
  confine: (program) => [findExecutable('env'), findExecutable('setsid'), program],
}

/** @throws Error when the sandbox is required and the kernel, or what is installed, does not allow it. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await strongestSandbox(options)
  const { protections } = sandbox
  new Gauge({
    name: 'earshot_ffmpeg_sandbox',
    help: '1 for the walls that stand around ffmpeg: namespaces, landlock, or none',
    labelNames: ['walls'],
    registers: options.metrics ? [options.metrics] : [],
  }).set({ walls: walls.find(([name]) => protections.includes(name))?.[0] ?? 'none' }, 1)
  return sandbox
}

async function strongestSandbox({ mode, programs, others = [], log }: SandboxOptions): Promise<Sandbox> {
  if (mode === 'off') {
    log.warn('ffmpeg runs without a sandbox, because FFMPEG_SANDBOX is off')
    return unconfined
  }
  const trials = [...programs.map((program) => [program, '-version'] as const), ...others].map(
    ([program, ...args]) => [realpathSync(findExecutable(program)), ...args] as const,
  )
  const executables = trials.map(([executable]) => executable)
  const reasons: unknown[] = []
  for (const [name, jailFor] of walls) {
    try {
      const strong = confinedBy(jailFor(executables), [name, 'system call filter'])
      await tryOut(strong, trials)
      log.info({ protections: strong.protections }, 'ffmpeg runs in a sandbox')
      return strong
    } catch (error) {
      reasons.push(error)
    }
  }
  const cause = new AggregateError(reasons, 'neither bubblewrap nor Landlock works')
  if (mode === 'required')
    throw new Error(`FFMPEG_SANDBOX is required, and ffmpeg gets no walls here: ${wallsAdvice}`, { cause })
  const weak = confinedBy(() => [findExecutable('setpriv'), '--no-new-privs'], [])
  await tryOut(weak, trials)
  log.warn({ protections: weak.protections, err: cause }, `ffmpeg runs without walls: ${wallsAdvice}`)
  return weak
}

function confinedBy(jail: Jail, stronger: readonly Protection[]): Sandbox {
  const [env, prlimit, setsid] = ['env', 'prlimit', 'setsid'].map(findExecutable) as [string, string, string]
  const userIsItsOwn = stronger.includes('namespaces')
  return {
    protections: [...stronger, 'resource limits', 'no new privileges', 'empty environment'],
    confine: (program, access) => [
      env,
      '-i',
      // A group of its own, by which all of it is ended.
      setsid,
      ...jail(access),
      prlimit,
      ...resourceLimits(access.limits, userIsItsOwn),
      program,
    ],
  }
}

async function tryOut(sandbox: Sandbox, trials: readonly (readonly [string, ...string[]])[]): Promise<void> {
  for (const [executable, ...args] of trials) {
    const [command, ...launch] = sandbox.confine(executable, { read: [], write: [] })
    await run(command, [...launch, ...args], { timeout: 20_000, killSignal: 'SIGKILL' })
  }
}
