/** Runs a program to its end and returns its exit code and output. */
import { spawn } from 'node:child_process'

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly input?: string
  readonly signal?: AbortSignal | undefined
}

/** A program that is not there ends with code 127, as in a shell. */
export function runCommand(
  command: string,
  args: readonly string[],
  { env = process.env, cwd, input, signal }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, signal, stdio: 'pipe' })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => undefined).end(input ?? '')
    child.once('error', (error) => {
      if (signal?.aborted) reject(error)
      else resolve({ code: 127, stdout, stderr: error.message })
    })
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

export async function folderMegabytes(folder: string): Promise<number> {
  const { stdout } = await runCommand('du', ['-sk', folder])
  return Math.ceil(Number(stdout.split('\t')[0] ?? 0) / 1024)
}
