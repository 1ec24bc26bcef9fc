/** The verbs of the command line, as far as they go without starting anything. */
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'

const program = join(import.meta.dirname, 'main.ts')

describe('the verbs of the local system', () => {
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
    await writeFile(join(directory.path, 'talk.mp4'), 'some bytes')
  })
  after(() => directory[Symbol.asyncDispose]())

  const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    runCommand(process.execPath, [program, ...args], {
      env: { ...process.env, INIT_CWD: directory.path, EARSHOT_CONFIG_DIR: directory.path, ...more },
    })

  it('end with 2 where they were not understood, and say what to type', async () => {
    for (const [args, advice, env] of [
      [['start', '--exit'], /name a file/],
      [['start', '--vbr', '2'], /Name a file \(npm start -- talk\.mp4\)/],
      [['start'], /npm start -- --sample/, { npm_config_sample: 'true' }],
      [['earshot', 'admin', 'bogus'], /unknown command 'bogus'/],
      [['earshot', 'bogus'], /unknown command 'bogus'/],
    ] as [string[], RegExp, NodeJS.ProcessEnv?][]) {
      const { code, stdout, stderr } = await run(args, env)
      assert.deepEqual([code, stdout], [2, ''], stderr)
      assert.match(stderr, advice)
    }
  })

  it('end after a plan, and after the version, without starting anything', async () => {
    const plan = await run(['start', 'talk.mp4', '--dry-run'])
    assert.deepEqual([plan.code, plan.stdout], [0, 'talk.mp4 -> talk.mp3\n'], plan.stderr)
    const { code, stdout } = await run(['start', '--version'])
    assert.equal(code, 0)
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
  })

  it('name those of this checkout beside the commands of the client', async () => {
    const { code, stdout } = await run(['earshot', 'help'])
    assert.equal(code, 0)
    assert.match(stdout, /^ {2}local-user .*\n {2}admin /m)
  })
})
