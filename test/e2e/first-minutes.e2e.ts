/** What npm start does with the files it is given, and what the README tells a programmer to paste. */
import assert from 'node:assert/strict'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { convertFiles, planConversion } from '#infra/local/client/convert-files.ts'
import { ensureLocalUser, localEmail } from '#infra/local/client/local-user.ts'
import { runCli } from '#infra/local/client/run-cli.ts'
import { signedInUser } from '#infra/local/client/signed-in-user.ts'
import { makeSampleVideo } from '#infra/local/client/sample-video.ts'
import { checkout } from '#infra/local/folders.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { decodedSeconds } from '#test/harness/decoded-audio.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample } from '#test/harness/sample-media.ts'

const { signal } = new AbortController()

describe('the first minutes', () => {
  let running: RunningSystem
  before(async () => {
    running = await startTestSystem()
    await ensureLocalUser(running.system, signal)
  })
  after(() => running[Symbol.asyncDispose]())

  /** Converts as npm start does, from a folder of its own. */
  async function convert(cwd: string, args: readonly string[]) {
    const said: string[] = []
    const say = (line: string) => void said.push(line)
    const options = { directory: running.directory, cwd, signal, say }
    const plan = await planConversion(args, options)
    if (typeof plan === 'number') return { code: plan, said }
    const user = await signedInUser(running.system, options)
    return { code: await convertFiles(args, plan, { ...running.system, user }, options), said }
  }

  it('leave a session of your own as it is', async () => {
    const { system, directory } = running
    const options = { publicUrl: system.publicUrl, directory, cwd: directory, signal, captured: true }
    const mine = ['--email', 'mine@example.com', '--password-stdin']
    assert.equal((await signedInUser(system, options)).email, localEmail)
    const { code } = await runCli(['sign-up', ...mine], { ...options, input: 'correct horse battery staple' })
    assert.equal(code, 0)
    const user = { email: 'mine@example.com', emailVerified: false }
    assert.partialDeepStrictEqual(await signedInUser(system, options), user)
    assert.equal((await runCli(['sign-out'], options)).code, 0)
    assert.equal((await signedInUser(system, options)).email, localEmail)
  })

  async function folderOfMine(name: string): Promise<string> {
    const folder = join(running.directory, name)
    await mkdir(folder)
    await copyFile(await makeSample(running.directory, 'mp4-aac'), join(folder, 'talk.mp4'))
    return folder
  }

  it("leave somebody else's talk.mp3 as it is, byte for byte", async () => {
    const folder = await folderOfMine('theirs')
    await writeFile(join(folder, 'talk.mp3'), 'the only copy of something')
    for (let run = 0; run < 2; run += 1) {
      const { code, said } = await convert(folder, ['talk.mp4'])
      assert.equal(code, 0)
      assert.match(said.join('\n'), /^E-mail: ".*talk\.mp3" is in the inbox, http/)
      assert.equal(await readFile(join(folder, 'talk.mp3'), 'utf8'), 'the only copy of something')
      assert.deepEqual((await readdir(folder)).toSorted(), ['talk 2.mp3', 'talk.mp3', 'talk.mp4'])
    }
  })

  it("take convert's own options, and know a wrong one before anything is started", async () => {
    const folder = await folderOfMine('options')
    const { code } = await convert(folder, ['talk.mp4', '--bitrate', '64', '--to', '2', '-o', 'short.mp3'])
    assert.equal(code, 0)
    assert.equal(Math.round(await decodedSeconds(join(folder, 'short.mp3'))), 2)
    for (const wrong of [
      ['talk.mp4', '--bitrate', '5'],
      ['talk.mp4', '--bitrat', '64'],
      ['--bitrate', '64'],
    ])
      assert.equal((await convert(folder, wrong)).code, 2, wrong.join(' '))
    assert.equal((await convert(folder, ['missing.mp4'])).code, 1)
  })

  it('have a sample for who has no video: half a minute of music, with tags', async () => {
    const video = join(running.directory, 'sample', 'earshot-sample.mp4')
    await makeSampleVideo(ffmpegPath, video, signal)
    await makeSampleVideo(ffmpegPath, video, signal)
    assert.deepEqual(await readdir(join(running.directory, 'sample')), ['earshot-sample.mp4'])
    const cwd = join(running.directory, 'heard')
    await mkdir(cwd)
    assert.equal((await convert(cwd, [video])).code, 0)
    const mp3 = await probeFile(join(cwd, 'earshot-sample.mp3'), signal)
    assert.ok(Math.abs(mp3.durationMs - 32_160) < 100, `${mp3.durationMs} ms`)
    assert.equal(mp3.tags.find(({ key }) => key.toLowerCase() === 'title')?.value, 'Prelude in C')
  })

  it('of a programmer are what the README has under "From your own code", pasted into a shell', async () => {
    const readme = await readFile(join(checkout, 'README.md'), 'utf8')
    const [, script] = /^## From your own code$[^]*?^```bash$([^]*?)^```$/m.exec(readme) ?? []
    assert.ok(script)
    const folder = await folderOfMine('pasted')
    // Again with an account that exists, and beside an MP3 that is there, as npm start has left one.
    for (let run = 0; run < 2; run += 1) {
      const env = { ...process.env, EARSHOT_URL: running.system.publicUrl }
      const { code, stdout, stderr } = await runCommand('bash', ['-c', script], { cwd: folder, env })
      assert.equal(code, 0, stderr)
      assert.match(stdout, /^READY.*\nSUCCEEDED/)
      assert.equal(stdout.includes('talk.mp3 is there already and was left alone'), run === 1)
      const { durationMs } = await probeFile(join(folder, 'talk.mp3'), signal)
      assert.ok(Math.abs(durationMs - 3_123) < 60, `${durationMs} ms`)
    }
    assert.deepEqual((await readdir(folder)).toSorted(), ['talk.mp3', 'talk.mp4'])
  })
})
