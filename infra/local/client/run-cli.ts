/** Runs this checkout's command-line client against a local system, with credentials of that system's own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { checkout, compileCache } from '#infra/local/folders.ts'

export interface CliOptions {
  readonly publicUrl: string
  /** The folder of the local system; the credentials lie in it. */
  readonly directory: string
  readonly cwd: string
  readonly signal: AbortSignal
  /** For standard input; without it the client has the terminal. */
  readonly input?: string
  /** Hands back what the client writes to standard output instead of showing it. */
  readonly captured?: boolean
  /** Keeps what the client says beside its results to itself. */
  readonly silent?: boolean
}

export interface CliResult {
  readonly code: number
  /** Empty unless captured. */
  readonly stdout: string
}

/** Of this checkout, beside the client's own commands. */
const moreHelp = `
In this checkout also:
  local-user [--json]          show the address and the password of the local user
  admin [command]              look after the running Earshot: admin help
`

export function cliEnvironment(publicUrl: string, directory: string): NodeJS.ProcessEnv {
  return {
    EARSHOT_URL: publicUrl,
    EARSHOT_CONFIG_DIR: join(directory, 'cli'),
    EARSHOT_COMMAND: 'npm run earshot --',
    EARSHOT_MORE_HELP: moreHelp,
  }
}

export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { publicUrl, directory, cwd, signal, input, captured = false, silent = false } = options
  const child = spawn(process.execPath, [join(checkout, 'clients/cli/main.ts'), ...args], {
    cwd,
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...cliEnvironment(publicUrl, directory) },
    stdio: [
      input === undefined ? 'inherit' : 'pipe',
      captured ? 'pipe' : 'inherit',
      silent ? 'ignore' : 'inherit',
    ],
  })
  const end = () => child.kill('SIGTERM')
  signal.addEventListener('abort', end, { once: true })
  try {
    child.stdin?.on('error', () => undefined).end(input)
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject).once('close', (code) => resolve(code ?? 1))
    })
    const [code, stdout] = await Promise.all([ended, child.stdout === null ? '' : text(child.stdout)])
    return { code, stdout }
  } finally {
    signal.removeEventListener('abort', end)
  }
}
