import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { frontPicture, pictureTypeOf } from './front-picture.ts'

const typed = (...types: (number | null)[]) => types.map((type) => ({ type, filename: null }))
const named = (...names: string[]) => names.map((filename) => ({ type: null, filename }))

describe('the front cover among several pictures', () => {
  for (const [types, front] of [
    [[1, 4, 3], 3],
    [[8, 0, 4], 0],
    [[1, 2, 4], 4],
    [[1], 1],
    [[4, 8], 4],
  ] as const)
    it(`is, of the types ${types.join(', ')}, that of type ${front}`, () => {
      assert.equal(frontPicture(typed(...types))?.type, front)
    })

  for (const [names, front] of [
    [['small_cover.jpg', 'cover.jpg'], 'cover.jpg'],
    [['small_cover.png', 'cover_land.png'], 'cover_land.png'],
    [['cover_land.jpg', 'Cover.PNG'], 'Cover.PNG'],
    [['logo.png', 'small_cover.jpg'], 'logo.png'],
    [['one.jpg', 'two.jpg'], 'one.jpg'],
  ] as const)
    it(`is, of the attachments ${names.join(', ')}, ${front}`, () => {
      assert.equal(frontPicture(named(...names))?.filename, front)
    })

  it('is none where there is no picture', () => {
    assert.equal(frontPicture([]), undefined)
  })

  it('has the type that ffprobe says in words', () => {
    assert.deepEqual(
      ['Cover (front)', "32x32 pixels 'file icon'", 'Publisher/Studio logotype', 'a picture', undefined].map(
        pictureTypeOf,
      ),
      [3, 1, 20, null, null],
    )
  })
})
