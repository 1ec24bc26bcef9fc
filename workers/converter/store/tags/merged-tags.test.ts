import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mergedTags } from './merged-tags.ts'

const source = [
  { key: 'title', value: 'A talk' },
  { key: 'major_brand', value: 'isom' },
  { key: 'artist', value: 'Somebody' },
]

describe('merged tags', () => {
  it('keep the source’s in their order, and leave out what is true of its container alone', () => {
    const technical = [
      'encoder',
      'creation_time',
      '_statistics_tags',
      'duration-eng',
      'iTunSMPB',
      'replaygain_track_gain',
      'id3v2_priv.a program',
      'CHAPTER001NAME',
    ]
    const given = [...technical.map((key) => ({ key, value: 'x' })), ...source]
    assert.deepEqual(mergedTags(given, { keep: true, set: [] }), [source[0], source[2]])
  })
  it('let the wished-for win, in the place of the source’s, and put new ones last', () => {
    const set = [
      { key: 'Album', value: ' Talks ' },
      { key: 'TITLE', value: 'Another' },
    ]
    assert.deepEqual(mergedTags(source, { keep: true, set }), [
      { key: 'title', value: 'Another' },
      { key: 'artist', value: 'Somebody' },
      { key: 'album', value: 'Talks' },
    ])
  })
  it('lack what was set to nothing', () => {
    assert.deepEqual(mergedTags(source, { keep: true, set: [{ key: 'title', value: ' ' }] }), [source[2]])
  })
  it('are the wished-for alone when the source’s are not to be kept, technical names included', () => {
    const set = [{ key: 'encoder', value: 'mine' }]
    assert.deepEqual(mergedTags(source, { keep: false, set }), set)
  })
  it('keep all values of a key, each once, and lose them all where the key is set', () => {
    const several = [...source, { key: 'Artist', value: 'Another' }, { key: 'artist', value: 'Somebody ' }]
    const artists = (set: { key: string; value: string }[]) =>
      mergedTags(several, { keep: true, set }).flatMap(({ key, value }) => (key === 'artist' ? [value] : []))
    assert.deepEqual(artists([]), ['Somebody', 'Another'])
    assert.deepEqual(artists([{ key: 'artist', value: 'Mine' }]), ['Mine'])
    assert.deepEqual(artists(['One', 'Two'].map((value) => ({ key: 'ARTIST', value }))), ['One', 'Two'])
  })
})
