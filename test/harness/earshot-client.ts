/** The command-line client as a process: what a person types, and what comes of it. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface EarshotClient {
  start(args: readonly string[]): ChildProcessWithoutNullStreams
  /** To its end, with this on its standard input. */
  run(args: readonly string[], input?: string): Promise<Outcome>
}

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const program = fileURLToPath(import.meta.resolve('#cli/main.ts'))

export interface EarshotServer {
  readonly system: { readonly publicUrl: string }
  /** Holds the client's folders. */
  readonly directory: string
}

/** @param config The name of its folder for credentials, one for each person. */
export function earshotOf(
  { system, directory }: EarshotServer,
  { config, cwd = directory }: { config: string; cwd?: string },
): EarshotClient {
  const env = {
    ...process.env,
    EARSHOT_URL: system.publicUrl,
    EARSHOT_CONFIG_DIR: join(directory, config),
    EARSHOT_COMMAND: 'run-it',
  }
  const start = (args: readonly string[]) =>
    spawn(process.execPath, [program, ...args], { cwd, env, stdio: 'pipe' })
  return {
    start,
    async run(args, input = '') {
      const child = start(args)
      child.stdin.end(input)
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
      return { code: await ended, stdout, stderr }
    },
  }
}
