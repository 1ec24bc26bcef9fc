/** How long `npm start` takes in a fresh clone until it serves, and how long the second time. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { secondsOf } from './measurement.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

const run = promisify(execFile)

export async function timeSetUp(): Promise<{ fresh: number; second: number }> {
  await using parent = await createTemporaryDirectory()
  const clone = join(parent.path, 'earshot')
  await run('git', ['clone', '--quiet', process.cwd(), clone])
  return { fresh: await timeStart(clone), second: await timeStart(clone) }
}

/** Until the address of the API is printed; then the system is stopped as Ctrl-C would. */
async function timeStart(clone: string): Promise<number> {
  const started = spawn('npm', ['start'], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(started, 'close')
  const seconds = await secondsOf(async () => {
    let said = ''
    for await (const chunk of started.stdout as AsyncIterable<Buffer>) {
      said += chunk.toString()
      if (/http:\/\/127\.0\.0\.1:\d+\/graphql/.test(said)) return
    }
    throw new Error(`npm start ended before it was ready:\n${said}`)
  })
  started.stdout.resume()
  process.kill(-started.pid!, 'SIGINT')
  await ended
  return seconds
}
