import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DiskFullError } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError } from '#runtime/ffmpeg/ffmpeg.ts'
import { runOnSource, type SourceRun } from './run-on-source.ts'

const { signal } = new AbortController()
const failing = (error: Error, given: Partial<SourceRun> = {}) =>
  runOnSource({ trackMs: 1_000, signal, ...given }, async () => {
    throw error
  })
const said = (...errors: string[]) => new FfmpegError('ffmpeg exited with code 1', errors)

describe('a run of ffmpeg on a source', () => {
  it('gives what the work gives, under a signal that either of both ends', async () => {
    assert.equal(await runOnSource({ trackMs: 1_000, signal }, async () => 'done'), 'done')
    const aborted = AbortSignal.abort(new Error('enough'))
    for (const given of [{ signal: aborted }, { signal, deadline: aborted }])
      await runOnSource({ trackMs: 1_000, ...given }, async (either) => assert.ok(either.aborted))
  })

  for (const line of [
    '[mov] moov atom not found, Invalid data found when processing input',
    'Error while decoding stream #0:0',
    'Stream map 0:a:3 matches no streams.',
  ]) {
    it(`is the media’s fault when ffmpeg says: ${line}`, () => {
      const error = said(line)
      return assert.rejects(failing(error), { name: 'DomainError', code: 'CORRUPT_FILE', cause: error })
    })
  }

  for (const words of [
    'Rematrix is needed between 64 channels and stereo but there is not enough information to do it',
    'Failed to initialize resampler',
  ]) {
    it(`is of an unheard-of shape when ffmpeg says: ${words}`, () => {
      const line = `[auto_aresample_0 @ 0x562eb8578000] [SWR @ 0x562eb8578140] [error] ${words}`
      const error = said(line, '[error] Error reinitializing filters!')
      return assert.rejects(failing(error), { code: 'UNSUPPORTED_CODEC', cause: error })
    })
  }

  it('is the media’s fault by what fluent-ffmpeg took for the message, too', () =>
    assert.rejects(failing(new FfmpegError('x: Invalid data found', [])), { code: 'CORRUPT_FILE' }))

  for (const line of [
    'av_interleaved_write_frame(): No space left on device',
    '[out#0] Error writing trailer: Disk quota exceeded.',
  ]) {
    it(`is a full disk’s when ffmpeg says: ${line}`, async () => {
      const error = said(line, 'Invalid data found')
      await assert.rejects(failing(error), (thrown) => {
        assert.ok(thrown instanceof DiskFullError)
        assert.equal(thrown.cause, error)
        return true
      })
    })
  }

  it('is ours, and thrown as it is, when ffmpeg was killed or something else went wrong', async () => {
    for (const error of [said('Killed'), new Error('Invalid data'), new DomainError('SOURCE_EXPIRED')])
      await assert.rejects(failing(error), error)
  })

  it('is timed out past its deadline, whatever ffmpeg says then', () => {
    const error = said('Invalid data found')
    const deadline = AbortSignal.abort()
    return assert.rejects(failing(error, { deadline }), { code: 'CONVERSION_TIMED_OUT', cause: error })
  })

  it('is neither when it was no longer wanted', async () => {
    const reason = new Error('stopped')
    const [over, deadline] = [AbortSignal.abort(reason), AbortSignal.abort()]
    await assert.rejects(failing(reason, { signal: over, deadline }), reason)
  })
})
