import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { BrokenFrames } from '#converter/bitstream/bit-reservoir.ts'
import { crc16 } from '#converter/bitstream/crc16.ts'
import { makeTagFrame } from '#converter/bitstream/make-tag-frame.ts'
import { smallFrame } from '#converter/testing/frame-bytes.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { NotCopyable } from './not-copyable.ts'
import { readCopiedFrames } from './read-copied-frames.ts'

/** MPEG-1 mono at 48 kHz and 64 kbit/s, 192 bytes; the frames after it have 32 kbit/s and 96 bytes. */
const tagHeader = Buffer.from('fffb54c4', 'hex')
const tagFrame = makeTagFrame(tagHeader, {
  kind: 'Info',
  frames: 1,
  bytes: 1,
  tableOfContents: Buffer.alloc(100),
  endPadding: 0,
  musicCrc: 0,
  encoderDelay: 0,
  bitrateKbps: null,
})
const frame = smallFrame(0, 0)
const withHeader = (hex: string, length = 96) => {
  const other = Buffer.alloc(length)
  frame.copy(other)
  other.write(hex, 'hex')
  return other
}

describe('copied frames', () => {
  const { signal } = new AbortController()
  let directory: TemporaryDirectory
  before(async () => void (directory = await createTemporaryDirectory()))
  after(() => directory[Symbol.asyncDispose]())
  async function read(...parts: Buffer[]) {
    const path = join(directory.path, 'a.mp3')
    await writeFile(path, Buffer.concat(parts))
    return await readCopiedFrames(path, signal)
  }

  it('are counted for the tag that is to stand before them', async () => {
    const { tag, figures, bitrateKbps, ...rest } = await read(tagFrame, frame, frame, smallFrame(10, 0))
    assert.deepEqual(rest.tagHeader, tagHeader)
    assert.deepEqual([tag.position, tag.frameBytes, bitrateKbps], [0, 192, 32])
    assert.deepEqual([figures.kind, figures.frames, figures.bytes], ['Info', 3, 192 + 3 * 96])
    assert.equal(figures.musicCrc, crc16(Buffer.concat([frame, frame, smallFrame(10, 0)])))
  })
  it('have no one bitrate when they vary', async () => {
    // 40 kbit/s: 120 bytes.
    const { figures, bitrateKbps } = await read(tagFrame, frame, withHeader('fffb24c4', 120))
    assert.deepEqual([figures.kind, bitrateKbps], ['Xing', null])
  })
  for (const [what, parts, why] of [
    ['there are none', [], /no frame was copied/],
    ['the first needs bits of one before it', [smallFrame(1, 0)], /needs main data/],
    ['the first is a tag', [tagFrame, frame], /begins with a tag of its own/],
    ['one has another rate', [frame, withHeader('fffb10c4', 104)], /a frame of 44100 Hz/],
    ['one has more channels', [frame, withHeader('fffb1404')], /and 2 channels/],
    ['one is of MPEG-2', [frame, withHeader('fff344c4', 96)], /a frame of 24000 Hz/],
  ] as [string, Buffer[], RegExp][]) {
    it(`are refused when ${what}`, async () => {
      await assert.rejects(read(tagFrame, ...parts), (error: Error) => {
        assert.ok(error instanceof NotCopyable, String(error))
        assert.match(error.message, why)
        return true
      })
    })
  }
  for (const [what, hex] of [
    ['of layer II', 'fffd14c4'],
    ['of free format', 'fffb04c4'],
    ['of nothing', '00000000'],
  ] as const) {
    it(`are refused when one is ${what}`, () =>
      assert.rejects(read(tagFrame, frame, withHeader(hex), frame), BrokenFrames))
  }
  it('are refused when the last is cut short, or ffmpeg wrote no tag', async () => {
    await assert.rejects(read(tagFrame, frame, frame.subarray(1)), BrokenFrames)
    await assert.rejects(read(frame, frame, frame), NotCopyable)
  })
})
