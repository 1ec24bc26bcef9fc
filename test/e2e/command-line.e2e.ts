/** The command-line client against real processes: what a person types, and what a script reads. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { glob, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, it } from 'node:test'
import { decodedSeconds } from '#test/harness/decoded-audio.ts'
import { earshotOf } from '#test/harness/earshot-client.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'

const password = 'correct horse battery staple\n'

describe('the command line', () => {
  let running: RunningSystem
  let folder: string
  before(async () => {
    running = await startTestSystem()
    folder = join(running.directory, 'mine')
    await mkdir(folder)
    const signedIn = await earshot(['sign-up', '--email', 'cli@example.com', '--password-stdin'], password)
    assert.equal(signedIn.code, 0, signedIn.stderr)
  })
  after(() => running[Symbol.asyncDispose]())

  interface Result {
    readonly status: string
    readonly outputs: readonly [
      {
        readonly path: string
        readonly existed: boolean
        readonly mp3: { readonly bitrateKbps: number; readonly sha256: string }
      },
    ]
  }

  const client = () => earshotOf(running, { config: 'config', cwd: folder })
  const earshot = (args: readonly string[], input?: string) => client().run(args, input)

  /** Newest first. */
  async function conversionIds(): Promise<string[]> {
    const { stdout } = await earshot(['list', '--json'])
    const lines = stdout.trim().split('\n')
    return lines.map((line) => (JSON.parse(line) as { id: string }).id)
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

  it("leaves somebody else's MP3 as it is, and finds its own again", async () => {
    const video = await makeSample(running.directory, 'mkv-opus')
    const theirs = join(folder, 'mkv-opus.mp3')
    await writeFile(theirs, 'the only copy of something')
    const convert = async () => {
      const { code, stdout, stderr } = await earshot(['convert', video, '--json'])
      assert.equal(code, 0, stderr)
      return (JSON.parse(stdout) as Result).outputs[0]
    }
    const first = await convert()
    assert.deepEqual([first.path, first.existed], ['mkv-opus 2.mp3', false])
    const again = await convert()
    assert.deepEqual([again.path, again.existed], ['mkv-opus 2.mp3', true])
    assert.equal(await readFile(theirs, 'utf8'), 'the only copy of something')
    assert.deepEqual((await readdir(folder)).filter((name) => name.startsWith('mkv')).toSorted(), [
      'mkv-opus 2.mp3',
      'mkv-opus.mp3',
    ])
  })

  it('refuses a name that is taken before anything is sent, and replaces it when told to', async () => {
    const video = await makeSample(running.directory, 'mp4-aac')
    const theirs = join(folder, 'theirs.mp3')
    await writeFile(theirs, 'theirs')
    const refused = await earshot(['convert', video, '--output', 'theirs.mp3', '--json'])
    assert.equal(refused.code, 1)
    assert.equal((JSON.parse(refused.stdout) as { conversionId: unknown }).conversionId, null)
    assert.match(refused.stderr, /theirs\.mp3 exists already.*--force.*\[FILE_EXISTS\]\n$/)
    assert.equal(await readFile(theirs, 'utf8'), 'theirs')
    const told = await earshot(['convert', video, '-o', 'theirs.mp3', '--force', '--vbr', '5'])
    assert.equal(told.code, 0, told.stderr)
    assert.ok((await decodedSeconds(theirs)) > 3)
  })

  it('says what it would do without doing it', async () => {
    const video = await makeSample(running.directory, 'mp4-aac')
    const { code, stdout } = await earshot(['convert', video, '--output', 'new folder/', '--dry-run'])
    assert.deepEqual([code, stdout], [0, `${video} -> new folder/mp4-aac.mp3\n`])
    const { code: missing, stderr } = await earshot(['convert', 'missing.mp4', '--dry-run'])
    assert.deepEqual(
      [missing, /^missing\.mp4: There is no such file: .*\[FILE_NOT_FOUND\]/.test(stderr)],
      [1, true],
    )
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('new')),
      [],
    )
  })

  it('says in one sentence why a file cannot be converted', async () => {
    const { code, stderr } = await earshot(['convert', await makeSample(running.directory, 'video-only')])
    assert.equal(code, 1)
    assert.match(stderr, /no audio track.*NO_AUDIO_TRACK/)
  })

  it('shows and lists conversions, and knows a wrong option from a failure', async () => {
    const ids = await conversionIds()
    assert.ok(ids.length >= 4)
    const shown = await earshot(['status', ids[0]!])
    assert.equal(shown.code, 0)
    assert.match(shown.stdout, new RegExp(`^Next +run-it download ${ids[0]}$`, 'm'))
    assert.equal((await earshot(['convert', 'x.mp4', '--bitrate', '100'])).code, 2)
    const { code, stdout, stderr } = await earshot(['status', 'unknown', '--json'])
    assert.equal(code, 1)
    assert.match(stderr, /^There is no conversion unknown, or .*\[NOT_FOUND\]\n$/)
    const nonsense = await earshot(['help', 'nonsense'])
    assert.deepEqual([nonsense.code, nonsense.stdout], [2, ''])
    assert.match(nonsense.stderr, /^There is no command nonsense: run-it help/)
    const help = await earshot(['help'])
    assert.equal(help.code, 0)
    for (const real of [running.system.publicUrl, join(running.directory, 'config')])
      assert.ok(help.stdout.includes(real), help.stdout)
    assert.equal((await earshot(['help', 'convert'])).code, 0)
    assert.equal((JSON.parse(stdout) as { failure: { code: string } }).failure.code, 'NOT_FOUND')
  })

  it('saves the MP3 of an older conversion, once', async () => {
    const [id] = await conversionIds()
    const args = ['download', id!, '--output', 'older/', '--json']
    for (const existed of [false, true]) {
      const { code, stdout, stderr } = await earshot(args)
      assert.equal(code, 0, stderr)
      const [output] = (JSON.parse(stdout) as Result).outputs
      assert.equal(output.existed, existed)
      const bytes = await readFile(join(folder, output.path))
      assert.equal(createHash('sha256').update(bytes).digest('hex'), output.mp3.sha256)
    }
  })

  it('starts a cancelled conversion again, once, without another upload, and waits for its MP3', async () => {
    const video = await makeTone(running.directory, { minutes: 10 })
    const whole = client().start(['convert', video])
    const said: string[] = []
    for await (const line of createInterface({ input: whole.stderr })) {
      said.push(line)
      if (/^(Waiting|Converting)/.test(line)) whole.kill('SIGINT')
    }
    const id = /run-it download (\w+)/.exec(said.join('\n'))?.[1]
    assert.ok(id, said.join('\n'))
    const cancelled = await earshot(['cancel', id, '--json'])
    assert.equal((JSON.parse(cancelled.stdout) as { status: string }).status, 'CANCELLED', cancelled.stderr)
    const refused = await earshot(['download', id])
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, new RegExp(`cancelled.*run-it retry ${id} \\[CANCELLED\\]`))
    const again = JSON.parse((await earshot(['retry', id, '--json'])).stdout) as { id: string }
    assert.notEqual(again.id, id)
    assert.match((await earshot(['retry', id])).stdout, new RegExp(`^Started again as ${again.id}\n`))
    const { code, stdout, stderr } = await earshot(['download', again.id])
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^10-minutes\.mp3 {2}\(10:00, /)
  })

  it('tells its version, who is signed in, and a token that lets curl in', async () => {
    assert.equal((await earshot(['--version'])).stdout, '0.1.0\n')
    const who = await earshot(['whoami', '--json'])
    const url = running.system.publicUrl
    assert.deepEqual(JSON.parse(who.stdout), { email: 'cli@example.com', emailVerified: false, url })
    const headers = JSON.parse((await earshot(['token', '--json'])).stdout) as Record<string, string>
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ me { email } }' }),
    })
    assert.deepEqual(await response.json(), { data: { me: { email: 'cli@example.com' } } })
    assert.equal(`Bearer ${(await earshot(['token'])).stdout.trim()}`.split('.').length, 3)
  })

  it('is signed out after sign-out, and says how to sign in again', async () => {
    assert.equal((await earshot(['sign-out'])).code, 0)
    const { code, stderr } = await earshot(['list'])
    assert.equal(code, 1)
    assert.match(stderr, /run-it sign-in/)
    const unread = await earshot(['convert', await makeSample(running.directory, 'mp4-aac')])
    assert.match(unread.stderr, /^You are not signed in\..*\n$/)
    const wrong = await earshot(['sign-in', '-e', 'cli@example.com', '--password-stdin'], 'not this one')
    assert.match(wrong.stderr, /\[INVALID_CREDENTIALS\]/)
    const right = await earshot(['sign-in', '-e', 'cli@example.com', '--password-stdin'], password)
    assert.deepEqual([right.code, right.stdout.startsWith('Signed in as cli@example.com')], [0, true])
  })
})
