/** The command-line client against real processes: what a person types, and what a script reads. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { glob, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { decodedSeconds } from '#test/harness/decoded-audio.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample } from '#test/harness/sample-media.ts'

const program = join(fileURLToPath(new URL('.', import.meta.url)), '..', '..', 'clients/cli/main.ts')

describe('the command line', () => {
  let running: RunningSystem
  let folder: string
  before(async () => {
    running = await startTestSystem()
    folder = join(running.directory, 'mine')
    await mkdir(folder)
    const signedIn = await earshot(
      ['login', '--email', 'cli@example.com', '--password-stdin', '--register'],
      'correct horse battery staple\n',
    )
    assert.equal(signedIn.code, 0, signedIn.stderr)
  })
  after(() => running[Symbol.asyncDispose]())

  interface Result {
    readonly status: string
    readonly outputs: readonly [{ readonly path: string; readonly mp3: { readonly bitrateKbps: number } }]
  }

  async function earshot(args: readonly string[], input = '') {
    const env = {
      ...process.env,
      EARSHOT_URL: running.system.publicUrl,
      EARSHOT_CONFIG_DIR: join(running.directory, 'config'),
    }
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: 'pipe' })
    child.stdin.end(input)
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { code: await ended, stdout, stderr }
  }

  it('keeps its credentials readable by their owner alone', async () => {
    const names = await Array.fromAsync(glob('**/*', { cwd: join(running.directory, 'config') }))
    const modes = await Promise.all(
      names.map(async (name) => await stat(join(running.directory, 'config', name))),
    )
    const files = modes.filter((mode) => mode.isFile())
    assert.ok(files.length > 0)
    for (const file of files) assert.equal(file.mode & 0o777, 0o600)
  })

  it('writes the MP3 beside where it was called, and one line of JSON', async () => {
    const video = await makeSample(running.directory, 'mp4-aac')
    const { code, stdout, stderr } = await earshot(['convert', video, '--bitrate', '128', '--json'])
    assert.equal(code, 0, stderr)
    const result = JSON.parse(stdout) as Result
    const [{ path, mp3 }] = result.outputs
    assert.deepEqual([result.status, mp3.bitrateKbps], ['SUCCEEDED', 128])
    const output = join(folder, 'mp4-aac.mp3')
    assert.equal(join(folder, path), output)
    assert.ok(Math.abs((await decodedSeconds(output)) - (await decodedSeconds(video))) <= 1152 / 44_100)
  })

  it('overwrites nothing unless told to', async () => {
    const video = await makeSample(running.directory, 'mp4-aac')
    const refused = await earshot(['convert', video])
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /mp4-aac\.mp3/)
    assert.equal((await earshot(['convert', video, '--force', '--vbr', '5'])).code, 0)
  })

  it('says in one sentence why a file cannot be converted', async () => {
    const { code, stderr } = await earshot(['convert', await makeSample(running.directory, 'video-only')])
    assert.equal(code, 1)
    assert.match(stderr, /no audio track.*NO_AUDIO_TRACK/)
  })

  it('shows and lists conversions, and knows a wrong option from a failure', async () => {
    const listed = await earshot(['list', '--json'])
    const ids = listed.stdout
      .trim()
      .split('\n')
      .map(
        (line) =>
          (JSON.parse(line) as { conversionId?: string; id?: string }).conversionId ??
          (JSON.parse(line) as { id: string }).id,
      )
    assert.equal(ids.length, 2)
    assert.equal((await earshot(['status', ids[0]!])).code, 0)
    assert.equal((await earshot(['status', 'unknown'])).code, 1)
    assert.equal((await earshot(['convert', 'x.mp4', '--bitrate', '100'])).code, 2)
  })

  it('is signed out after a logout', async () => {
    assert.equal((await earshot(['logout'])).code, 0)
    const { code, stderr } = await earshot(['list'])
    assert.equal(code, 1)
    assert.match(stderr, /login|sign in/i)
  })
})
