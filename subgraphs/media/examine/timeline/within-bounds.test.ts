import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { FfmpegError } from '#runtime/ffmpeg/ffmpeg.ts'
import type { ReadTimelines, TimelineJob } from './read-timelines.ts'
import { withinBounds } from './within-bounds.ts'

const media = { durationMs: 1_000, container: 'mpegts' } as TimelineJob['media']
const job = (signal: AbortSignal) => ({ path: 'a.ts', reading: [], media, signal }) as unknown as TimelineJob
const untilEnded: ReadTimelines = async ({ signal }) => await delay(2 ** 31 - 1, media, { signal })

describe('the reading of timelines', () => {
  it('ends in time, and names the limit', async () => {
    const reading = withinBounds(untilEnded, 1)(job(new AbortController().signal))
    await assert.rejects(reading, { code: 'TOO_LONG', message: /minutes/ })
  })

  it('that a decoder fails in is a fault of the file, and none of ours', async () => {
    const failing = async () => Promise.reject(new FfmpegError('ffmpeg was killed with signal SIGXCPU', []))
    const reading = withinBounds(failing)(job(new AbortController().signal))
    await assert.rejects(reading, { code: 'CORRUPT_FILE' })
  })

  it('ends when the validation does, for the same reason', async () => {
    const [ending, reason] = [new AbortController(), new Error('the process is stopping')]
    const reading = withinBounds(untilEnded)(job(ending.signal))
    ending.abort(reason)
    await assert.rejects(reading, reason)
  })
})
