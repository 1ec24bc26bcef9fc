/** Processes that have an owner: how they end, and that nothing else ends with them. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { identify, isAlive } from './identity.ts'
import { startProcess, type ProcessOptions } from './owned-process.ts'
import { endStaleProcesses } from './stale-processes.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

async function gone(pid: number): Promise<void> {
  const identity = identify(pid)
  await waitUntil(`process ${pid} has ended`, () => !isAlive(identity), { withinMs: 10_000 })
}

function shell(directory: string, script: string, more: Partial<ProcessOptions> = {}) {
  return startProcess({
    name: 'shell',
    command: 'sh',
    args: ['-c', script],
    env: process.env,
    directory,
    ...more,
  })
}

describe('an owned process', () => {
  it('is asked to end first, and ends as it likes', async () => {
    await using directory = await createTemporaryDirectory()
    const owned = await shell(directory.path, `trap 'exit 7' TERM; echo set; while :; do sleep 0.05; done`, {
      output: 'pipe',
    })
    await once(owned.stdout!, 'data')
    assert.deepEqual(await owned.stop(), { code: 7, signal: null })
  })

  it('is killed with all it started when it does not end in time', async () => {
    await using directory = await createTemporaryDirectory()
    const script = `trap '' TERM; sleep 600 & echo $!; wait; sleep 600`
    const owned = await shell(directory.path, script, { output: 'pipe', graceMs: 100 })
    const [child] = (await once(owned.stdout!, 'data')) as [Buffer]
    assert.deepEqual(await owned.stop(), { code: null, signal: 'SIGKILL' })
    await gone(Number(child.toString()))
  })

  it('is on record while it runs, and no longer', async () => {
    await using directory = await createTemporaryDirectory()
    const owned = await shell(directory.path, 'exec sleep 600')
    assert.deepEqual(await readdir(join(directory.path, 'run')), ['shell.json'])
    await owned.stop()
    assert.deepEqual(await readdir(join(directory.path, 'run')), [])
  })

  it('does not outlive an owner that is killed, or ends at the next start', async () => {
    await using directory = await createTemporaryDirectory()
    const script = join(import.meta.dirname, 'testing/process-owner.ts')
    const owner = spawn(process.execPath, [script, directory.path], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said] = (await once(owner.stdout, 'data')) as [Buffer]
    const [parent, child] = JSON.parse(said.toString()) as [number, number]
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    await endStaleProcesses(directory.path)
    await gone(parent)
    // What the dead one had started is in its group; nobody else is.
    process.kill(child, 'SIGKILL')
    assert.deepEqual(await readdir(join(directory.path, 'run')), [])
  })
})

describe('ending what an earlier run left', () => {
  it('spares a process that merely has the number of one on record', async () => {
    await using directory = await createTemporaryDirectory()
    await using bystander = await shell(join(directory.path, 'other'), 'exec sleep 600')
    await mkdir(join(directory.path, 'run'))
    const record = { ...identify(bystander.pid), startedAtTicks: '1' }
    await writeFile(join(directory.path, 'run/old.json'), JSON.stringify(record))
    await endStaleProcesses(directory.path)
    assert.ok(isAlive(identify(bystander.pid)))
  })

  it('passes over a record that was cut short', async () => {
    await using directory = await createTemporaryDirectory()
    await mkdir(join(directory.path, 'run'))
    await writeFile(join(directory.path, 'run/cut.json'), '{"pid": 1')
    await endStaleProcesses(directory.path)
    assert.deepEqual(await readdir(join(directory.path, 'run')), [])
  })
})
