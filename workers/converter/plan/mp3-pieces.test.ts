import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import { outputOptionsSchema, type OutputOptions } from '#schema/documents/output-options.ts'
import { outputOptionSamples, type OutputOptionsSample } from '#schema/testing/output-option-samples.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { encodeMp3, filterOptions } from './mp3-options.ts'
import { mp3Pieces } from './mp3-pieces.ts'

const chapters = [
  { startMs: 0, endMs: 20_000, title: 'Opening' },
  { startMs: 20_000, endMs: 60_000, title: null },
]
const tags = [
  { key: 'title', value: 'A talk', language: null },
  { key: 'artist', value: 'Somebody', language: null },
  { key: 'encoder', value: 'Lavf', language: null },
]
const pieces = (output: Partial<OutputOptions> = {}, source: Partial<ConversionSource> = {}) =>
  mp3Pieces({
    source: { ...newConversion.source, chapters, tags, ...source },
    output: { ...newConversion.output, ...output },
  })
const named = (title: string) => [{ startMs: 0, endMs: 1_000, title }]
const track = { ...newConversion.source.track, startMs: 500 }

describe('the one MP3 of a conversion', () => {
  it('is all of the track, under the video’s name, with its tags and chapters', () => {
    const [piece, ...others] = pieces()
    assert.deepEqual(others, [])
    const { recipe, ...rest } = piece!
    assert.deepEqual([recipe.startSample, recipe.endSample, recipe.lengthMs], [0, null, 60_000])
    assert.deepEqual(rest, {
      number: 1,
      filename: 'talk.mp3',
      chapter: null,
      tags: tags.slice(0, 2),
      chapters,
    })
  })

  it('has a name where the video has none', () => {
    const names = ['.mp4', 'a.b.mkv', 'plain', ''].map((filename) => pieces({}, { filename })[0]!.filename)
    assert.deepEqual(names, ['_mp4.mp3', 'a.b.mp3', 'plain.mp3', 'audio.mp3'])
  })

  it('has chapters in its own time: from where it is trimmed, and its track begins', () => {
    const trim = { startMs: 20_500, endMs: null }
    assert.deepEqual(pieces({ trim }, { track })[0]!.chapters, [{ startMs: 0, endMs: 39_000, title: null }])
    const [early] = pieces({ trim: { startMs: 1_000, endMs: null } }, { track })
    assert.deepEqual(early!.chapters, [
      { startMs: 0, endMs: 18_500, title: 'Opening' },
      { startMs: 18_500, endMs: 58_500, title: null },
    ])
  })

  it('has the chapters of its order, or none', () => {
    const list = named('Mine')
    assert.deepEqual(pieces({}, { chapters: list })[0]!.chapters, list)
    assert.deepEqual(pieces({}, { chapters: [] })[0]!.chapters, [])
  })
})

describe('the MP3s of chapters', () => {
  const split = (options: Partial<OutputOptions> = {}, source: Partial<ConversionSource> = {}) =>
    pieces({ splitByChapters: true, ...options }, source)

  it('are tracks of an album, numbered from 1, each with its part of the audio', () => {
    const [first, second] = split()
    assert.deepEqual(
      [first, second].map((piece) => [piece!.number, piece!.filename, piece!.chapter, piece!.chapters]),
      [
        [1, 'talk - 1 Opening.mp3', { number: 1, title: 'Opening' }, []],
        [2, 'talk - 2 Chapter 2.mp3', { number: 2, title: null }, []],
      ],
    )
    const ends = [first, second].map(({ recipe } = first!) => [recipe.startSample, recipe.endSample])
    assert.deepEqual(ends, [
      [0, 882_000],
      [882_000, null],
    ])
    assert.deepEqual(
      second!.tags.map(({ key, value }) => `${key}: ${value}`),
      ['title: Chapter 2', 'artist: Somebody', 'album: A talk', 'track: 2/2'],
    )
  })

  it('keep the album they are from; without title and album it is the video’s name', () => {
    const albumOf = (of: ConversionSource['tags']) =>
      split({}, { tags: of })[0]!.tags.find(({ key }) => key === 'album')?.value
    assert.equal(albumOf([...tags, { key: 'ALBUM', value: 'Talks', language: null }]), 'Talks')
    assert.equal(albumOf([]), 'talk')
  })

  it('sort by their names, however many there are', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      startMs: index * 600,
      endMs: index * 600 + 600,
      title: `${index}`,
    }))
    const names = split({}, { chapters: many }).map(({ filename }) => filename)
    assert.deepEqual([names[0], names[99]], ['talk - 001 0.mp3', 'talk - 100 99.mp3'])
    assert.deepEqual(names.toSorted(), names)
  })
})

describe('the names of MP3s', () => {
  const namesOf = (filename: string, titles: readonly (string | null)[], splitByChapters = true) => {
    const listed = titles.map((title, index) => ({
      startMs: index * 1_000,
      endMs: (index + 1) * 1_000,
      title,
    }))
    return pieces({ splitByChapters }, { filename, chapters: listed }).map((piece) => piece.filename)
  }

  it('are the source’s, and of chapters tell their place and title', () => {
    assert.deepEqual(namesOf('talk.mkv', ['One', 'a/b: "c"', null]), [
      'talk - 1 One.mp3',
      'talk - 2 a_b_ _c_.mp3',
      'talk - 3 Chapter 3.mp3',
    ])
    assert.deepEqual(namesOf('talk.mkv', [], false), ['talk.mp3'])
  })

  it('are short enough for a file system, and hold no half of a character', () => {
    const long = [
      ...namesOf(`${'映'.repeat(250)}.mkv`, ['第'.repeat(80), '🎬'.repeat(100), '\ud83c']),
      ...namesOf(`${'🎬'.repeat(125)}.mkv`, [], false),
    ]
    for (const name of long) {
      assert.ok(Buffer.byteLength(name) <= 230, `${Buffer.byteLength(name)} bytes: ${name}`)
      assert.ok(name.isWellFormed() && name.endsWith('.mp3'), name)
    }
    assert.match(long[0]!, /^映+ - 1 第{40}\.mp3$/)
  })
})

describe('an output option', () => {
  /** What is fitted to the source when it is ordered. */
  const inSource = ['audioTrack', 'cover', 'chapters']
  const made = (options: OutputOptionsSample) =>
    pieces(outputOptionsSchema.parse({ trim: { endMs: 30_000 }, ...options })).map(
      ({ recipe, ...piece }) => ({
        ...piece,
        loudness: recipe.loudness,
        arguments: [...filterOptions(recipe), ...encodeMp3(recipe)],
      }),
    )

  for (const [option, samples] of Object.entries(outputOptionSamples)) {
    if (inSource.includes(option)) continue
    it(`changes what is made: ${option}`, () => assert.notDeepEqual(made(samples[0]!), made({})))
  }
})
