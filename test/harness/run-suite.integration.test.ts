import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { createTemporaryDirectory } from './temporary-directory.ts'
import { identify, isAlive } from '#infra/local/processes/identity.ts'

const suite = new URL('run-suite.ts', import.meta.url).href
const endless = `
  import { writeFileSync } from 'node:fs'
  import { it } from 'node:test'
  it('waits for ever', () => new Promise(() => {
    setInterval(() => undefined, 1_000)
    writeFileSync(new URL('pid', import.meta.url), String(process.pid))
  }))`

describe('a suite', () => {
  it('ends the file that is under way when it is told to end', { timeout: 60_000 }, async () => {
    await using directory = await createTemporaryDirectory()
    const { path } = directory
    const options = `{ name: 'endless', directory: ${JSON.stringify(path)}, format: () => '' }`
    await writeFile(join(path, 'main.ts'), `import { runSuite } from '${suite}'\nawait runSuite(${options})`)
    await writeFile(join(path, 'waits.endless.ts'), endless)
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const child = spawn(process.execPath, [join(path, 'main.ts')], { env, stdio: 'ignore' })
    const exit = once(child, 'exit')
    const read = async () => Number(await readFile(join(path, 'pid'), 'utf8')) || undefined
    const waiting = waitUntil('the test has started', read)
    const file = identify(await waiting.finally(() => child.kill('SIGTERM')))
    assert.deepEqual(await exit, [1, null])
    await waitUntil('its process is gone', () => !isAlive(file), { withinMs: 5_000 })
  })
})
