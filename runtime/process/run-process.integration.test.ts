import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import getPort from 'get-port'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

const script = fileURLToPath(new URL('./testing/sample-process.ts', import.meta.url))
const secret = Buffer.alloc(32, 7).toString('base64url')
const metricsPort = await getPort()
const settings = { METRICS_PORT: String(metricsPort), PUBLIC_URL: 'http://127.0.0.1:4000', KEYS: secret }

interface Ended {
  readonly exitCode: number | null
  /** What the process said, line by line; its log apart. */
  readonly said: readonly string[]
  readonly log: readonly { readonly level: string; readonly msg: string }[]
  readonly stderr: string
}

/** Runs the sample process to its end; `onReady` is called when its log says that it is. */
async function runSample(
  env: Record<string, string>,
  on?: { readonly msg: string; readonly signal: NodeJS.Signals },
): Promise<Ended> {
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const stderr = text(child.stderr)
  let stdout = ''
  for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    const known = on !== undefined && stdout.includes(on.msg)
    stdout += chunk
    if (on && !known && stdout.includes(on.msg)) child.kill(on.signal)
  }
  const lines = stdout.split('\n').filter(Boolean)
  const [exitCode] = await exited
  return {
    exitCode,
    said: lines.filter((line) => !line.startsWith('{')),
    log: lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Ended['log'][number]),
    stderr: await stderr,
  }
}

describe('a process', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`lets everything go in reverse order on ${signal}, and exits with 0`, async () => {
      const ended = await runSample(settings, { msg: '"ready"', signal })
      assert.deepEqual(ended.said, ['started', 'told to end', 'second disposed', 'first disposed'])
      assert.deepEqual(
        ended.log.map(({ msg }) => msg),
        [`Server listening at http://127.0.0.1:${metricsPort}`, 'ready', 'stopping', 'stopped'],
      )
      assert.equal(ended.exitCode, 0)
    })
  }

  it('has a line in its log for what a library writes to the console, without a stack trace', async () => {
    const ended = await runSample(
      { ...settings, BEHAVIOUR: 'complain' },
      { msg: '"ready"', signal: 'SIGTERM' },
    )
    assert.equal(ended.stderr, '')
    const complaint = ended.log.find(({ msg }) => msg === 'a library complained')
    assert.deepEqual(complaint && { ...complaint, time: '' }, {
      level: 'warn',
      time: '',
      service: 'sample',
      said: 'it broke: Error: by a client [2J',
      msg: 'a library complained',
    })
  })

  it('makes files that nobody else on the machine can read', async () => {
    await using directory = await createTemporaryDirectory()
    const folder = join(directory.path, 'uploads')
    const env = { ...settings, BEHAVIOUR: 'write', FOLDER: folder }
    await runSample(env, { msg: 'written', signal: 'SIGTERM' })
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)
    assert.deepEqual([await modeOf(folder), await modeOf(join(folder, 'recording'))], ['700', '600'])
  })

  it('can be ended while it is still starting', async () => {
    const ended = await runSample({ ...settings, BEHAVIOUR: 'wait' }, { msg: 'started', signal: 'SIGTERM' })
    assert.deepEqual(ended.said, ['started', 'told to end', 'second disposed', 'first disposed'])
    assert.equal(ended.exitCode, 0)
  })

  it('names every wrong setting at once, shows no secret, and exits with 1', async () => {
    const ended = await runSample({ METRICS_PORT: 'eighty', PUBLIC_URL: 'ftp://x', KEYS: `${secret}x` })
    assert.equal(ended.exitCode, 1)
    for (const variable of ['METRICS_PORT', 'PUBLIC_URL', 'KEYS'])
      assert.match(ended.stderr, new RegExp(`${variable}: `))
    assert.ok(!ended.stderr.includes(secret))
    assert.deepEqual(ended.said, [])
  })

  it('lets go of what it has and exits with 1 when it cannot start', async () => {
    const ended = await runSample({ ...settings, BEHAVIOUR: 'fail' })
    assert.equal(ended.exitCode, 1)
    assert.deepEqual(ended.said, ['told to end', 'second disposed', 'first disposed'])
    assert.ok(ended.log.some(({ level, msg }) => level === 'fatal' && msg === 'the process could not start'))
  })

  it('commands no terminal by what it logs for people', async () => {
    const { said } = await runSample({ ...settings, BEHAVIOUR: 'fail', LOG_FORMAT: 'pretty' })
    assert.match(said.join('\n'), /the start failed/)
    for (const command of ['\u001B]0;', '\u0007', '\u009B']) assert.ok(!said.join('\n').includes(command))
  })

  it('exits with 1 at a bug that reached the top, and logs it once', async () => {
    const ended = await runSample({ ...settings, BEHAVIOUR: 'crash' })
    assert.equal(ended.exitCode, 1)
    const bugs = ended.log.filter(({ msg }) => msg === 'an error that nobody handled ends the process')
    assert.equal(bugs.length, 1)
    assert.match(JSON.stringify(bugs[0]), /nobody caught this/)
  })

  it('exits with 1 when something does not let go within the grace period', async () => {
    const env = { ...settings, BEHAVIOUR: 'hang', SHUTDOWN_GRACE_MS: '50' }
    const ended = await runSample(env, { msg: '"ready"', signal: 'SIGTERM' })
    assert.equal(ended.exitCode, 1)
    assert.ok(ended.log.some(({ msg }) => msg?.includes('did not stop within its grace period')))
  })
})
