/** A process for tests of `runProcess`: says on stdout what happens to it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { runProcess } from '#runtime/process/run-process.ts'
import { commonSettings, setting } from '#runtime/process/settings.ts'

const settings = z.object({
  ...commonSettings,
  KEYS: setting.rotatingKeys,
  BEHAVIOUR: z.enum(['serve', 'crash', 'fail', 'hang', 'wait', 'write', 'complain']).default('serve'),
  FOLDER: setting.folder.default(''),
})

const say = (what: string) => void process.stdout.write(`${what}\n`)

await runProcess('sample', settings, async ({ settings: { BEHAVIOUR, FOLDER }, resources, signal }) => {
  signal.addEventListener('abort', () => say('told to end'))
  resources.defer(() => say('first disposed'))
  if (BEHAVIOUR === 'hang') resources.defer(() => new Promise(() => setInterval(() => {}, 1_000)))
  resources.defer(() => say('second disposed'))
  if (BEHAVIOUR === 'fail') throw new Error('the start failed\u001B]0;title\u0007\u009B2J')
  if (BEHAVIOUR === 'crash') setImmediate(() => void Promise.reject(new Error('nobody caught this')))
  // Stays alive as a server would.
  const alive = setInterval(() => {}, 1_000)
  resources.defer(() => clearInterval(alive))
  say('started')
  if (BEHAVIOUR === 'complain') console.error('it broke:\n', new Error('by a client\u001B[2J'))
  if (BEHAVIOUR === 'write') {
    await mkdir(FOLDER)
    await writeFile(join(FOLDER, 'recording'), 'bytes')
    say('written')
  }
  if (BEHAVIOUR === 'wait') await new Promise((resolve) => signal.addEventListener('abort', resolve))
})
