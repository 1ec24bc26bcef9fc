import assert from 'node:assert/strict'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { childProcesses } from '#test/harness/child-processes.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { createFfmpeg, FfmpegError, type FfmpegJob } from './ffmpeg.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { fileUrl, inputOptions } from './hardening.ts'

describe('running ffmpeg', () => {
  const runFfmpeg = createFfmpeg(ffmpegPath)
  const never = new AbortController().signal
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  const decode = async (path: string, changes: Partial<FfmpegJob> = {}) =>
    await runFfmpeg({
      inputOptions,
      input: fileUrl(path),
      outputOptions: ['-map', '0:a:0', '-f', 'null'],
      output: '-',
      signal: never,
      ...changes,
    })
  /** In real time: three seconds, unless it is ended. */
  const slowly = ['-re', ...inputOptions]

  it('tells how many samples were decoded and encoded', async () => {
    const path = await makeSample(directory.path, 'mov-pcm')
    const output = join(directory.path, 'counted.mp3')
    const totals = await decode(path, {
      outputOptions: ['-map', '0:a:0', '-c:a', 'libmp3lame', '-ar', '22050', '-f', 'mp3'],
      output: fileUrl(output),
    })
    const samples = Math.round(3.1234 * 44_100)
    assert.ok(Math.abs(totals.decodedSamples! - samples) <= 1, `${totals.decodedSamples} samples`)
    assert.ok(Math.abs(totals.encodedSamples! - samples / 2) <= 1, `${totals.encodedSamples} samples`)
  })

  it('is not fooled by tags that look like statistics', async () => {
    const totals = await decode(await makeSample(directory.path, 'hostile-tags'))
    assert.ok(totals.decodedSamples! > 130_000, `${totals.decodedSamples} samples`)
    assert.ok(totals.outTimeMs < 4_000, `${totals.outTimeMs} ms`)
    assert.deepEqual(totals.errors, [])
  })

  it('takes a name for a name, whatever it looks like', async () => {
    const totals = await decode(await makeSample(directory.path, 'option-like-name'))
    assert.ok(totals.decodedSamples! > 130_000)
  })

  it('does not let a space in an option smuggle in another', async () => {
    const smuggled = join(directory.path, 'smuggled.wav')
    const path = await makeSample(directory.path, 'mp4-aac')
    await decode(path, {
      outputOptions: ['-map', '0:a:0', '-metadata', `title=x -y ${smuggled}`, '-f', 'null'],
    })
    await assert.rejects(access(smuggled))
  })

  it('rejects with what ffmpeg said when it fails', async () => {
    await assert.rejects(decode(await makeSample(directory.path, 'text-named-mp4')), (error) => {
      assert.ok(error instanceof FfmpegError)
      assert.match(error.errors.join('\n'), /Invalid data found/)
      return true
    })
  })

  it('is ended with all that it has started, which else would hold its output open', async () => {
    const [env, setsid, sh] = ['env', 'setsid', 'sh'].map(findExecutable) as [string, string, string]
    const script = 'sleep 600 & echo started >&2; wait'
    const confine = () => [env, setsid, sh, '-c', script] as const
    const runScript = createFfmpeg(ffmpegPath, { protections: [], confine })
    const ending = new AbortController()
    const reason = new Error('enough')
    const onLine = () => ending.abort(reason)
    const job = { inputOptions: [], input: 'file:x', outputOptions: [], output: '-', signal: ending.signal }
    await assert.rejects(runScript({ ...job, onLine }), reason)
  })

  it('is ended in the middle by its signal, and nothing of it is left', async () => {
    const path = await makeSample(directory.path, 'mp4-aac')
    const ending = new AbortController()
    const reason = new Error('enough')
    const run = decode(path, {
      inputOptions: slowly,
      signal: ending.signal,
      onProgress: () => ending.abort(reason),
    })
    await assert.rejects(run, reason)
    assert.deepEqual(childProcesses(), [])
  })

  it('is ended right after its start', async () => {
    const path = await makeSample(directory.path, 'mp4-aac')
    const ending = new AbortController()
    const reason = new Error('enough')
    const run = decode(path, { inputOptions: slowly, signal: ending.signal })
    ending.abort(reason)
    await assert.rejects(run, reason)
    assert.deepEqual(childProcesses(), [])
  })

  it('is ended at the first moment its process exists', async () => {
    const path = await makeSample(directory.path, 'mp4-aac')
    const ending = new AbortController()
    const reason = new Error('enough')
    const run = decode(path, { inputOptions: slowly, signal: ending.signal })
    await waitUntil('there is a process', () => childProcesses().length > 0, { everyMs: 0 })
    ending.abort(reason)
    await assert.rejects(run, reason)
    assert.deepEqual(childProcesses(), [])
  })

  it('does not start under a signal that is over', async () => {
    const reason = new Error('enough')
    const path = await makeSample(directory.path, 'mp4-aac')
    await assert.rejects(decode(path, { signal: AbortSignal.abort(reason) }), reason)
    assert.deepEqual(childProcesses(), [])
  })

  it('needs an executable that is there, and says so at once', () => {
    assert.throws(() => createFfmpeg('/nowhere/ffmpeg'), /there is no executable \/nowhere\/ffmpeg/)
    assert.throws(() => createFfmpeg('there-is-no-such-ffmpeg'), /there is no executable/)
    assert.throws(() => createFfmpeg(directory.path), /there is no executable/)
  })

  it('looks an executable up on the PATH', () => {
    assert.match(findExecutable('sh'), /\/sh$/)
  })
})
