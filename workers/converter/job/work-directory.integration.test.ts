import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createWorkDirectory } from './work-directory.ts'

describe('the work directory', () => {
  let parent: TemporaryDirectory
  beforeEach(async () => {
    parent = await createTemporaryDirectory()
  })
  afterEach(() => parent[Symbol.asyncDispose]())

  const leave = async (name: string) => {
    await mkdir(join(parent.path, name, 'job'), { recursive: true })
    await writeFile(join(parent.path, name, 'job', 'source'), 'bytes')
  }
  const deadPid = async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
    await once(child, 'exit')
    return child.pid!
  }

  it('is an empty folder of this process, and is gone when disposed of', async () => {
    const directory = await createWorkDirectory(join(parent.path, 'made', 'on', 'demand'))
    assert.deepEqual(await readdir(directory.path), [])
    await writeFile(join(directory.path, 'left-over'), 'bytes')
    await directory[Symbol.asyncDispose]()
    assert.deepEqual(await readdir(join(parent.path, 'made', 'on', 'demand')), [])
  })

  it('removes what dead processes left, and nothing else', async () => {
    const dead = `converter-${await deadPid()}`
    const alive = `converter-${process.ppid}`
    const others = ['converter-notes', 'uploads', 'converter-12x']
    for (const name of [dead, alive, ...others]) await leave(name)
    await using _ = await createWorkDirectory(parent.path)
    const kept = await readdir(parent.path)
    assert.deepEqual(kept.toSorted(), [alive, ...others, `converter-${process.pid}`].toSorted())
    assert.deepEqual(await readdir(join(parent.path, alive, 'job')), ['source'])
  })

  it('removes what a process of the same number left before', async () => {
    await leave(`converter-${process.pid}`)
    await using directory = await createWorkDirectory(parent.path)
    assert.deepEqual(await readdir(directory.path), [])
  })
})
