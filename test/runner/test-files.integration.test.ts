/** A run of tests ends, whatever hangs in them. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { identify, isAlive } from '#infra/local/processes/identity.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

const program = join(import.meta.dirname, 'testing/run-with-deadline.ts')
const endless = `it('waits for ever', () => new Promise(() => setInterval(() => undefined, 1_000)))`
/** Its child leaves the group and does not heed SIGTERM. */
const stubborn = `
  const child = spawn('sh', ['-c', "trap '' TERM; while :; do sleep 1; done"], { detached: true })
  console.log('stubborn child ' + child.pid)`

/** Runs one test file with the lines, and resolves to how that ended and what it said. */
async function runTest(lines: readonly string[], limits: { deadlineMs: number; timeoutMs: number }) {
  await using directory = await createTemporaryDirectory()
  const file = join(directory.path, 'hanging.test.mjs')
  const imports = [`import { it } from 'node:test'`, `import { spawn } from 'node:child_process'`]
  await writeFile(file, [...imports, ...lines].join('\n'))
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const args = [program, String(limits.deadlineMs), String(limits.timeoutMs), file]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>])
  return { code, said }
}

describe('a run of test files', () => {
  it('goes on when a test has failed and left something open', { timeout: 60_000 }, async () => {
    const { code, said } = await runTest([endless], { deadlineMs: 50_000, timeoutMs: 200 })
    assert.equal(code, 1)
    assert.match(said, /test timed out after 200ms/)
    assert.match(said, /hanging\.test\.mjs did not end/)
  })

  it('says at its deadline what was under way, ends all of it, and fails', { timeout: 60_000 }, async () => {
    const { code, said } = await runTest([stubborn, endless], { deadlineMs: 2_000, timeoutMs: 50_000 })
    assert.equal(code, 1)
    assert.match(said, /the time is over/)
    assert.match(said, /Under way: .*hanging\.test\.mjs: waits for ever/)
    const pid = Number(/stubborn child (\d+)/.exec(said)![1])
    await waitUntil('what the test had started is gone', () => !isAlive(identify(pid)), { withinMs: 5_000 })
  })
})
