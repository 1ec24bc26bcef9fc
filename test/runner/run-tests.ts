/** `npm test`: the checks, and every test against real servers. */
import { spawn } from 'node:child_process'
import { checkout } from '#infra/local/folders.ts'
import { chooseTestFiles, runTestFiles } from './test-files.ts'
import { withTestServers } from './test-servers.ts'

const minuteMs = 60_000
const testsMs = 60 * minuteMs
const longSuiteMs = 240 * minuteMs

/** Resolves with the exit code. Paths (files, folders or globs) limit the run to them and leave out the checks. */
export async function runTests(paths: readonly string[]): Promise<number> {
  const files = await chooseTestFiles(paths)
  const run = async (env: NodeJS.ProcessEnv, signal: AbortSignal) => {
    const checked = paths.length > 0 ? true : await runProgram('npm', ['run', '--silent', 'check'], signal)
    const passed = await runTestFiles(files, { env, signal })
    if (!checked) process.stdout.write('npm run check failed: what it found stands above the tests.\n')
    return passed && checked ? 0 : 1
  }
  return await withTestServers({ deadlineMs: testsMs, run })
}

const suites = ['attacks', 'corpus', 'faults'] as const
type SuiteName = (typeof suites)[number]

export const isSuite = (verb: unknown): verb is SuiteName => suites.some((name) => name === verb)

/** `npm run test:attacks`, `test:faults` and `test:corpus`: everything the suite has, and a table of what came of it. */
export async function runSuiteOnServers(name: SuiteName, args: readonly string[]): Promise<number> {
  const main = `test/${name}/main.ts`
  return await withTestServers({
    deadlineMs: args.includes('--long') ? longSuiteMs : testsMs,
    run: async (env, signal) => ((await runProgram(process.execPath, [main, ...args], signal, env)) ? 0 : 1),
  })
}

function runProgram(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
  env = process.env,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: checkout, stdio: 'inherit', env })
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true })
    child.once('error', reject).once('close', (code) => resolve(code === 0))
  })
}
