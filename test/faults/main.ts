/** `npm run test:faults [-- --long] [--json FILE] [FILE…]`: every scenario after another, and a table of what came of it. */
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { limitEachFile } from '#infra/local/test-files.ts'
import type { ScenarioResult } from '#test/faults/scenario.ts'
import { formatResults } from '#test/faults/results-table.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean', default: false }, json: { type: 'string' } },
})
const everything = await Array.fromAsync(glob(join(import.meta.dirname, '*.faults.ts')))
const files = positionals.length > 0 ? positionals.map((path) => resolve(path)) : everything.toSorted()
const directory = await mkdtemp(join(tmpdir(), 'earshot-faults-'))
const resultsFile = join(directory, 'results')
await writeFile(resultsFile, '')
const env = { ...process.env, FAULTS_RESULTS: resultsFile, FAULTS_LONG: values.long ? '1' : '0' }

/** Of one scenario: two hundred kills take their time. */
const timeoutMs = values.long ? 3_600_000 : 600_000
const execArgv = limitEachFile(timeoutMs)
const stream = run({ files, concurrency: false, timeout: timeoutMs, execArgv, env })
let success = false
stream.on('test:summary', (summary) => {
  if (summary.file === undefined) success = summary.success
})
await pipeline(stream, new spec(), process.stdout, { end: false })

const lines = (await readFile(resultsFile, 'utf8')).trim().split('\n')
const results = lines.filter(Boolean).map((line) => JSON.parse(line) as ScenarioResult)
await rm(directory, { recursive: true })
process.stdout.write(formatResults(results))
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`)
process.exitCode = success ? 0 : 1
