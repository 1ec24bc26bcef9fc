/** `node main.ts [--long] [--json FILE] [FILE…]` of a suite of its own: its test files one after another, and a table of what came of them. */
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { limitEachFile } from '#test/runner/test-files.ts'
import { createTemporaryDirectory } from './temporary-directory.ts'

export interface Suite<Result> {
  /** Its files end in `.NAME.ts`; they find `NAME_LONG` and `NAME_RESULTS`, a file for lines of JSON, in their environment. */
  readonly name: string
  readonly directory: string
  readonly format: (results: readonly Result[]) => string
  /** Further options with a value: `--seed 1` becomes `NAME_SEED`. */
  readonly options?: readonly string[]
}

/** Of one file: two hundred kills, or a thousand files, take their time. */
const timeoutMs = { short: 600_000, long: 3_600_000 } as const

/** Ends the process with code 1 unless all passed; at SIGTERM, with the file that is under way. */
export async function runSuite<Result>({
  name,
  directory,
  format,
  options = [],
}: Suite<Result>): Promise<void> {
  const own = Object.fromEntries(options.map((option) => [option, { type: 'string' } as const]))
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { ...own, long: { type: 'boolean', default: false }, json: { type: 'string' } },
  })
  const everything = await Array.fromAsync(glob(join(directory, `*.${name}.ts`)))
  const files = positionals.length > 0 ? positionals.map((path) => resolve(path)) : everything.toSorted()
  const interruption = new AbortController()
  process.once('SIGTERM', () => interruption.abort())
  await using folder = await createTemporaryDirectory()
  const resultsFile = join(folder.path, 'results')
  await writeFile(resultsFile, '')
  const variable = (option: string) => `${name}_${option}`.toUpperCase()
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    [variable('results')]: resultsFile,
    [variable('long')]: values.long ? '1' : '0',
  }
  for (const option of options) {
    const value: unknown = Reflect.get(values, option)
    if (typeof value === 'string') env[variable(option)] = value
  }
  const { signal } = interruption
  const success = await runFiles(files, {
    env,
    signal,
    timeout: values.long ? timeoutMs.long : timeoutMs.short,
  })
  const lines = (await readFile(resultsFile, 'utf8')).trim().split('\n')
  const results = lines.filter(Boolean).map((line) => JSON.parse(line) as Result)
  process.stdout.write(format(results))
  if (values.json !== undefined && !signal.aborted)
    await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`)
  process.exitCode = success ? 0 : 1
}

async function runFiles(
  files: string[],
  { env, signal, timeout }: { env: NodeJS.ProcessEnv; signal: AbortSignal; timeout: number },
): Promise<boolean> {
  const stream = run({ files, concurrency: false, timeout, execArgv: limitEachFile(timeout), env, signal })
  let success = false
  stream.on('test:summary', (summary) => {
    if (summary.file === undefined) success = summary.success
  })
  await pipeline(stream, new spec(), process.stdout, { end: false })
  return success
}
