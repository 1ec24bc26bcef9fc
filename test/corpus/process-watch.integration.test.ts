import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { it } from 'node:test'
import { watchProcesses } from './process-watch.ts'

const megabytes = 200
const hold = `const bytes = Buffer.alloc(${megabytes} * 2 ** 20, 1); console.log(bytes.length); setInterval(() => {}, 1000)`

it('finds the memory and the presence of processes that work on a folder, and of no others', async () => {
  using watch = watchProcesses('/the/folder-1')
  const ours = spawn(process.execPath, ['-e', hold, '/the/folder-1/file'])
  const other = spawn(process.execPath, ['-e', hold, '/the/folder-2/file'])
  try {
    await Promise.all([once(ours.stdout, 'data'), once(other.stdout, 'data')])
    assert.match(watch.running().join(), new RegExp(`^${ours.pid}: `))
    const peakMb = watch.peakBytes() / 2 ** 20
    assert.ok(peakMb > megabytes && peakMb < 2 * megabytes, `${peakMb} MB`)
    const gone = once(ours, 'close')
    ours.kill('SIGKILL')
    await gone
    assert.deepEqual(watch.running(), [])
  } finally {
    ours.kill('SIGKILL')
    other.kill('SIGKILL')
  }
})
