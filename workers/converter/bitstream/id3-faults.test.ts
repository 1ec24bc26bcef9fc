import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { id3Tag } from '#converter/store/tags/id3-tag.ts'
import { id3Faults } from './id3-faults.ts'

/** As ffmpeg 5.1 writes it: version 2.4, 35 bytes; TSSE, 15 bytes, UTF-8; 10 bytes of padding. */
const ofFfmpeg = Buffer.from(
  '494433040000000000235453534500 00000f0000034c61766635392e32372e3130300000000000000000000000'.replace(
    ' ',
    '',
  ),
  'hex',
)
const changed = (at: number, value: number) => {
  const tag = Buffer.from(ofFfmpeg)
  tag[at] = value
  return id3Faults(tag)
}

describe('the lengths of an ID3 tag', () => {
  it('are right in ffmpeg’s own and in ours', () => {
    assert.deepEqual(id3Faults(ofFfmpeg), [])
    const chapters = [{ startMs: 0, endMs: 9, title: 'x' }]
    const tags = [{ key: 'title', value: 'y' }]
    assert.deepEqual(id3Faults(id3Tag({ tags, chapters, cover: null, durationMs: 10 })), [])
  })
  for (const [what, at, value, fault] of [
    ['another mark', 0, 0x48, /no ID3v2 tag/],
    ['an unknown version', 3, 5, /ID3v2\.5 is neither/],
    ['flags', 5, 0x80, /flags 128/],
    ['a length with an eighth bit', 9, 0xa3, /length of the ID3v2 tag/],
    ['a length too short', 9, 0x22, /states 44 bytes and has 45/],
    ['a frame’s name that is none', 10, 0x74, /no ID3v2 frame at byte 10/],
    ['a frame’s length with an eighth bit', 17, 0x8f, /length of TSSE/],
    ['a frame of nothing', 17, 0, /TSSE is empty/],
    ['a frame that is too long', 17, 0x1a, /TSSE reaches beyond/],
    ['a byte in the padding', 40, 1, /padding/],
  ] as const) {
    it(`are found wrong by ${what}`, () => {
      const faults = changed(at, value)
      assert.equal(faults.length, 1)
      assert.match(faults[0]!, fault)
    })
  }
  it('are found wrong in a tag without a frame', () => {
    assert.match(id3Faults(Buffer.from('49443304000000000000', 'hex'))[0]!, /without a frame/)
  })
})
