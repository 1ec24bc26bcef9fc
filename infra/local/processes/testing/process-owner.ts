/** A program that owns one process with a child of its own, and says both numbers. */
import { createInterface } from 'node:readline'
import { startProcess } from '#infra/local/processes/owned-process.ts'

const [directory = ''] = process.argv.slice(2)
const owned = await startProcess({
  name: 'parent',
  command: 'sh',
  args: ['-c', 'sleep 600 & echo $!; wait'],
  env: process.env,
  directory,
  output: 'pipe',
})
if (owned.stdout === null) throw new Error('no output')
createInterface({ input: owned.stdout }).on('line', (line) =>
  console.log(JSON.stringify([owned.pid, Number(line)])),
)
