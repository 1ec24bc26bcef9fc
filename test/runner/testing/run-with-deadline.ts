/** Runs test files as `npm test` does, without servers. Usage: run-with-deadline.ts DEADLINE_MS TIMEOUT_MS FILE... */
import { setDeadline } from '#infra/local/processes/deadline.ts'
import { runTestFiles } from '#test/runner/test-files.ts'

const [deadlineMs = '', timeoutMs = '', ...files] = process.argv.slice(2)
const signal = setDeadline({
  afterMs: Number(deadlineMs),
  graceMs: 500,
  onPassed: () => console.log('the time is over'),
})
const passed = await runTestFiles(files, { env: process.env, signal, timeoutMs: Number(timeoutMs) })
if (!signal.aborted) process.exitCode = passed ? 0 : 1
