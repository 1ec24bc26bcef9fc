/** Runs this checkout's command-line client against a local system, with credentials of that system's own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkout, compileCache } from '#infra/local/layout.ts'

export interface CliOptions {
  readonly publicUrl: string
  /** The folder of the local system; the credentials lie in it. */
  readonly directory: string
  readonly cwd: string
  readonly signal: AbortSignal
  /** For standard input; without it the client has the terminal. */
  readonly input?: string
  /** Shows nothing but errors. */
  readonly quiet?: boolean
}

export function cliEnvironment(publicUrl: string, directory: string): NodeJS.ProcessEnv {
  return { EARSHOT_URL: publicUrl, EARSHOT_CONFIG_DIR: join(directory, 'cli') }
}

/** Resolves with the client's exit code. */
export function runCli(args: readonly string[], options: CliOptions): Promise<number> {
  const { publicUrl, directory, cwd, signal, input, quiet = false } = options
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(checkout, 'clients/cli/main.ts'), ...args], {
      cwd,
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...cliEnvironment(publicUrl, directory) },
      stdio: [input === undefined ? 'inherit' : 'pipe', quiet ? 'ignore' : 'inherit', 'inherit'],
    })
    const end = () => child.kill('SIGTERM')
    signal.addEventListener('abort', end, { once: true })
    child.stdin?.on('error', () => undefined).end(input)
    child.once('error', reject)
    child.once('close', (code) => {
      signal.removeEventListener('abort', end)
      resolve(code ?? 1)
    })
  })
}
