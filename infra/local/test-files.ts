/** Finds the test files, and runs them side by side by node:test. */
import { existsSync, statSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { callerDirectory, checkout } from './layout.ts'
import { SetUpError } from './set-up-error.ts'

const folders = '{clients,infra,ledger,router,runtime,schema,subgraphs,test,workers}'
/** Quick ones first, so that a plain mistake shows early. */
const kinds = [
  { pattern: '**/*.test.ts', except: '.integration.test.ts' },
  { pattern: '**/*.integration.test.ts' },
  { pattern: '**/*.e2e.ts' },
  { pattern: '**/*.faults.ts' },
] as const
const concurrency = 2
/** Of one file. */
const timeoutMs = 300_000

/** Absolute paths of the tests under the given files, folders or globs; of all tests without any. */
export async function chooseTestFiles(paths: readonly string[]): Promise<string[]> {
  const everywhere = await findTests(join(checkout, folders))
  if (paths.length === 0) return everywhere
  const chosen = new Set<string>()
  for (const path of paths) {
    const absolute = isAbsolute(path)
      ? path
      : [callerDirectory(), checkout].map((base) => resolve(base, path)).find(existsSync)
    const found = absolute === undefined ? await globFiles(path) : testsAt(absolute, everywhere)
    if (found.length === 0) throw new SetUpError(`There is no test at ${path}`)
    for (const file of found) chosen.add(file)
  }
  return [...chosen]
}

function testsAt(path: string, everywhere: readonly string[]): readonly string[] {
  if (statSync(path).isFile()) return [path]
  return everywhere.filter((file) => !relative(path, file).startsWith('..'))
}

async function globFiles(pattern: string): Promise<string[]> {
  return (await Array.fromAsync(glob(pattern, { cwd: checkout }))).map((file) => join(checkout, file))
}

async function findTests(base: string): Promise<string[]> {
  const lists = kinds.map(async (kind) => {
    const files = await Array.fromAsync(glob(join(base, kind.pattern)))
    return files.filter((file) => !('except' in kind && file.endsWith(kind.except))).toSorted()
  })
  return (await Promise.all(lists)).flat()
}

export interface RunTestFilesOptions {
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/** True when tests ran and all passed. */
export async function runTestFiles(
  files: readonly string[],
  { env, signal }: RunTestFilesOptions,
): Promise<boolean> {
  const stream = run({ files, concurrency, timeout: timeoutMs, env, signal, cwd: checkout })
  let success = false
  let passed = 0
  stream.on('test:summary', (summary) => {
    // One for each file, and one without a name for all of them.
    if (summary.file !== undefined) return
    success = summary.success
    passed = summary.counts.passed
  })
  await pipeline(stream, new spec(), process.stdout, { end: false })
  if (passed === 0) process.stdout.write('No test passed.\n')
  return success && passed > 0
}
