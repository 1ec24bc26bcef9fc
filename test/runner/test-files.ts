/** Finds the test files, and runs them side by side by node:test. */
import { existsSync, statSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { callerDirectory, checkout } from '#infra/local/folders.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'

const folders = '{clients,infra,ledger,router,runtime,schema,subgraphs,test,workers}'
interface Kind {
  readonly pattern: string
  /** How those end that are of another kind. */
  readonly except?: string
}

/** Quick ones first, so that a plain mistake shows early. */
const quickKinds: readonly Kind[] = [
  { pattern: '**/*.test.ts', except: '.integration.test.ts' },
  { pattern: '**/*.integration.test.ts' },
]
/** What keeps every core busy, by turns with what mostly waits: two of the first at once would take as long as one after another. */
const busyKinds: readonly Kind[] = [{ pattern: '**/*.corpus.ts' }, { pattern: '**/*.attacks.ts' }]
const waitingKinds: readonly Kind[] = [{ pattern: '**/*.faults.ts' }, { pattern: '**/*.e2e.ts' }]
const concurrency = 2
const usualTimeoutMs = 300_000

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
  const findKinds = async (kinds: readonly Kind[]) => {
    const lists = kinds.map(async ({ pattern, except }) => {
      const files = await Array.fromAsync(glob(join(base, pattern)))
      return files.filter((file) => except === undefined || !file.endsWith(except)).toSorted()
    })
    return (await Promise.all(lists)).flat()
  }
  const [quick, busy, waiting] = await Promise.all([quickKinds, busyKinds, waitingKinds].map(findKinds))
  return [...quick!, ...byTurns(busy!, waiting!)]
}

function byTurns<T>(some: readonly T[], others: readonly T[]): T[] {
  const pairs = Array.from({ length: Math.max(some.length, others.length) }, (_, n) => [some[n], others[n]])
  return pairs.flat().filter((one) => one !== undefined)
}

export interface RunTestFilesOptions {
  readonly env: NodeJS.ProcessEnv
  /** When it is aborted, the tests under way are named and ended. */
  readonly signal: AbortSignal
  /** Of one test; a file has twice as much. */
  readonly timeoutMs?: number
}

/** True when tests ran and all passed. */
export async function runTestFiles(
  files: readonly string[],
  { env, signal, timeoutMs = usualTimeoutMs }: RunTestFilesOptions,
): Promise<boolean> {
  const execArgv = limitEachFile(timeoutMs)
  const stream = run({ files, concurrency, timeout: timeoutMs, execArgv, env, signal, cwd: checkout })
  nameThoseUnderWay(stream, signal)
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

/** Arguments for Node in the processes of the test files. */
export function limitEachFile(timeoutMs: number): string[] {
  const limit = new URL('test-file-limit.ts', import.meta.url)
  limit.searchParams.set('timeoutMs', String(timeoutMs))
  return ['--import', limit.href]
}

/** A file is under way from before its first test until after its last. */
function nameThoseUnderWay(stream: ReturnType<typeof run>, signal: AbortSignal): void {
  const underWay = new Set<string>()
  const nameOf = ({ name, file }: { readonly name: string; readonly file?: string }) =>
    file === undefined || file === name ? relative(checkout, name) : `${relative(checkout, file)}: ${name}`
  stream.on('test:dequeue', (test) => underWay.add(nameOf(test)))
  stream.on('test:complete', (test) => underWay.delete(nameOf(test)))
  const tell = () => {
    for (const name of underWay) process.stdout.write(`Under way: ${name}\n`)
  }
  signal.addEventListener('abort', tell, { once: true })
}
