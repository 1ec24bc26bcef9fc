import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { smallFrame } from '#converter/testing/frame-bytes.ts'
import { makeAudioFile } from '#converter/testing/audio-file.ts'
import { audioKinds } from '#converter/testing/test-audio.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { crc16 } from './crc16.ts'
import { tagFaults } from './tag-faults.ts'
import { readXingTag, withFigures } from './xing-tag.ts'

/** MPEG-1 mono at 48 kHz and 64 kbit/s: 192 bytes, in which the tag stands at 4 + 17. */
const [tagBytes, mark] = [192, 21]
const frameCount = 200
const frame = smallFrame(0, 0)
const frames = Buffer.concat(Array.from({ length: frameCount }, () => frame))
const size = tagBytes + frames.length

/** The position of the frame at each hundredth, in 256ths of the file. */
const table = Array.from({ length: 100 }, (_, percent) =>
  Math.floor((256 * (tagBytes + 2 * percent * frame.length)) / size),
)

function rightTag(): Buffer {
  const blank = Buffer.alloc(tagBytes)
  blank.write('fffb54c4', 'hex')
  blank.writeUInt32BE(0x0f, mark + 4)
  blank.write('LAME3.100', mark + 120)
  blank.write('2403e8', mark + 141, 'hex')
  return withFigures(blank, {
    kind: 'Info',
    frames: frameCount,
    bytes: size,
    tableOfContents: Buffer.from(table),
    endPadding: 1_000,
    musicCrc: crc16(frames),
  })
}

describe('the faults of a tag', () => {
  const { signal } = new AbortController()
  let directory: TemporaryDirectory
  before(async () => void (directory = await createTemporaryDirectory()))
  after(() => directory[Symbol.asyncDispose]())

  async function faultsOf(parts: readonly Buffer[], extensionMayLack = false): Promise<string[]> {
    const path = join(directory.path, 'a.mp3')
    await writeFile(path, Buffer.concat(parts))
    return await tagFaults(path, { signal, extensionMayLack })
  }
  /** The CRC is made anew, so that the one change is the one fault. */
  async function faultsWith(change: (tag: Buffer) => void): Promise<string[]> {
    const tag = rightTag()
    change(tag)
    tag.writeUInt16BE(0, mark + 154)
    tag.writeUInt16BE(crc16(tag.subarray(0, 190)), mark + 154)
    return await faultsOf([tag, frames])
  }

  it('are none where it tells the truth', async () => {
    assert.deepEqual(await faultsWith(() => {}), [])
  })
  it('are none where the audio begins with its own frame, as some have it, or each entry is one late', async () => {
    assert.deepEqual(await faultsWith((tag) => (tag[mark + 16] = 0)), [])
    assert.deepEqual(await faultsWith((tag) => tag.set([...table.slice(1), 255], mark + 16)), [])
  })
  for (const [what, change, fault] of [
    ['frames', (tag) => tag.writeUInt32BE(199, mark + 8), /^the tag counts 199 frames of 200$/],
    ['bytes', (tag) => tag.writeUInt32BE(size - 192, mark + 12), /^the tag counts 19200 bytes of 19392$/],
    ['its name', (tag) => tag.write('Xing', mark), /named Xing where bitrates do not vary/],
    ['a falling table', (tag) => (tag[mark + 16 + 50] = 10), /table of contents falls at 50 %/],
    [
      'a table that is two entries late',
      (tag) => tag.set([...table.slice(4), 255, 255, 255, 255], mark + 16),
      /has \d+ at \d+ %/,
    ],
    [
      'a table as of a fixed bitrate, where half is silence',
      (tag) => tag.fill(255, mark + 16 + 40, mark + 116),
      /has 255 at 40 %/,
    ],
    ['no encoder', (tag) => tag.fill(0, mark + 120, mark + 129), /names no encoder/],
    ['the delay', (tag) => tag.write('fff000', mark + 141, 'hex'), /delay of 4095 and a padding of 0/],
    ['the padding', (tag) => tag.write('240fff', mark + 141, 'hex'), /padding of 4095/],
    ['the music length', (tag) => tag.writeUInt32BE(1, mark + 148), /music length is 1 bytes of 19392/],
    ['the music CRC', (tag) => tag.writeUInt16BE(1, mark + 152), /music CRC is 1/],
  ] as [string, (tag: Buffer) => void, RegExp][]) {
    it(`are found, one by one: ${what}`, async () => {
      const faults = await faultsWith(change)
      assert.equal(faults.length, 1, faults.join('; '))
      assert.match(faults[0]!, fault)
    })
  }
  it('are found in the CRC of the tag itself', async () => {
    const tag = rightTag()
    tag[mark + 131]! ^= 1
    assert.deepEqual(await faultsOf([tag, frames]), ['the CRC of the tag is wrong'])
  })
  it('are found in frames that are others than the tag says', async () => {
    const stereo = Buffer.from(frame)
    stereo[3] = 0x04
    const faults = await faultsOf([rightTag(), frames.subarray(frame.length), stereo])
    assert.match(faults.join('; '), /^1 frames of another rate.*music CRC/)
  })
  it('are found in what is no frame, or not the whole of one', async () => {
    const broken = Buffer.from(frames)
    broken[96 * 7] = 0
    assert.deepEqual(await faultsOf([rightTag(), broken]), ['no frame header at byte 672'])
    assert.deepEqual(await faultsOf([rightTag(), frames.subarray(1)]), ['no frame header at byte 0'])
    assert.deepEqual(await faultsOf([rightTag(), frames.subarray(0, -1)]), ['the last frame is cut short'])
  })
  it('are found where there is no tag, and in the ID3 tag before it', async () => {
    assert.match((await faultsOf([frames]))[0]!, /no complete Xing/)
    const id3 = Buffer.from('49443304000000000000', 'hex')
    assert.deepEqual(await faultsOf([id3, rightTag(), frames]), ['an ID3v2 tag without a frame'])
    assert.match((await faultsOf([Buffer.from('4944330400007f7f7f7f', 'hex')]))[0]!, /no complete Xing/)
  })
  it('are not that it says nothing of delay and padding, where that may be', async () => {
    const tag = rightTag()
    tag.fill(0, mark + 120, mark + 156)
    assert.deepEqual(await faultsOf([tag, frames], true), [])
    assert.deepEqual(await faultsOf([tag, frames]), ['the tag says nothing of delay and padding'])
  })
})

describe('the tag of a real encode', () => {
  const { signal } = new AbortController()
  let directory: TemporaryDirectory
  before(async () => void (directory = await createTemporaryDirectory()))
  after(() => directory[Symbol.asyncDispose]())

  const encodes = fc.record({
    kind: fc.constantFrom(...audioKinds),
    seconds: fc.double({ min: 0.01, max: 4, noNaN: true }),
    sampleRateHz: fc.constantFrom(8_000, 22_050, 24_000, 32_000, 44_100, 48_000),
    channels: fc.constantFrom(1, 2),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    rate: fc.oneof(
      fc.constantFrom(32, 64, 128, 192, 320).map((kbps) => ['-b:a', `${kbps}k`]),
      fc.constantFrom(40, 100, 200).map((kbps) => ['-abr', '1', '-b:a', `${kbps}k`]),
      fc.integer({ min: 0, max: 9 }).map((quality) => ['-q:a', `${quality}`]),
    ),
  })
  type Given = typeof encodes extends fc.Arbitrary<infer T> ? T : never

  async function encode({ rate, ...shape }: Given): Promise<string> {
    const path = join(directory.path, 'a.mp3')
    await makeAudioFile(path, shape, '-c:a', 'libmp3lame', ...rate)
    return path
  }

  for (const given of fc.sample(encodes, { numRuns: 40, seed: 20_241 })) {
    const { kind, seconds, sampleRateHz, channels, rate } = given
    const what = `${kind}, ${seconds.toFixed(2)} s, ${sampleRateHz} Hz, ${channels} channels, ${rate.join(' ')}`
    it(`has no fault: ${what}`, async () => {
      assert.deepEqual(await tagFaults(await encode(given), { signal }), [])
    })
  }

  it('has a fault after any change of a byte, in the tag or after it', async () => {
    const rate = ['-q:a', '4']
    const path = await encode({
      kind: 'speech',
      seconds: 1,
      sampleRateHz: 44_100,
      channels: 2,
      seed: 1,
      rate,
    })
    const bytes = await readFile(path)
    const tag = readXingTag(bytes)!
    const changedPath = join(directory.path, 'changed.mp3')
    // The tag's own CRC ends what it says; the rest of its frame is empty.
    const summed = fc.integer({ min: tag.position, max: tag.position + 191 })
    const audio = fc.integer({ min: tag.position + tag.frameBytes, max: bytes.length - 1 })
    await fc.assert(
      fc.asyncProperty(fc.oneof(summed, audio), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(bytes)
        changed[at]! ^= change
        await writeFile(changedPath, changed)
        assert.notDeepEqual(await tagFaults(changedPath, { signal }), [])
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})
