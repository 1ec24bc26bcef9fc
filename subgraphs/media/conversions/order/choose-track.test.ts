import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AudioTrack } from '#schema/documents/source-media.ts'
import { sampleMedia } from '#media/testing/upload-rig.ts'
import { chooseTrack } from './choose-track.ts'

const plain = { ...sampleMedia.audioTracks[0]!, isDefault: false }
type Given = Partial<AudioTrack>
const choose = (
  tracks: readonly Given[],
  asked: Parameters<typeof chooseTrack>[0] = null,
  container = 'mp4',
) =>
  chooseTrack(asked, {
    ...sampleMedia,
    container,
    audioTracks: tracks.map((track, index) => ({ ...plain, ...track, index })),
  })
const chosen = (...tracks: readonly Given[]) => choose(tracks).track.index
const codes = ({ warnings }: ReturnType<typeof choose>) => warnings.map(({ code }) => code)

const commentary = { purpose: 'COMMENTARY' } as const

describe('the track that is converted where an order leaves it open', () => {
  it('is what players begin with: the default one, before the original, before the first', () => {
    assert.equal(chosen({}, {}), 0)
    assert.equal(chosen({}, { isOriginal: true }), 1)
    assert.equal(chosen({ isOriginal: true }, { isDefault: true }), 1)
    assert.equal(chosen({ isDefault: true, isDub: true }, { isDefault: true, isOriginal: true }), 1)
    assert.equal(chosen({ isDub: true }, {}), 1)
  })

  it('is no commentary and the like, even where that is called the default one', () => {
    for (const purpose of ['COMMENTARY', 'AUDIO_DESCRIPTION', 'CLEAN_EFFECTS', 'HEARING_IMPAIRED'] as const)
      assert.equal(chosen({ purpose, isDefault: true }, {}), 1)
    assert.equal(chosen(commentary), 0)
  })

  it('holds sound that we decode, where one does', () => {
    assert.equal(chosen({ isDefault: true, isEmpty: true }, commentary), 1)
    assert.equal(chosen({ isDefault: true, isDecodable: false }, {}), 1)
    assert.throws(() => choose([{ isEmpty: true }]), {
      code: 'OUTPUT_NOT_POSSIBLE',
      message: /holds no sound/,
    })
  })

  it('is named with what was left out, in a warning', () => {
    const made = choose([{ ...commentary, language: 'eng', title: 'The director' }, { isDefault: true }])
    assert.deepEqual(codes(made), ['TRACK_CHOSEN'])
    assert.equal(
      made.warnings[0]!.message,
      'The MP3 has audio track 1; left out: 0 (eng, “The director”, commentary).',
    )
    assert.match(choose(Array.from({ length: 30 }, () => ({}))).warnings[0]!.message, / 8, 21 more\.$/)
    assert.deepEqual(codes(choose([{}])), [])
    const long = choose([{}, { title: `${'x'.repeat(79)}👍🏽` }]).warnings[0]!.message
    assert.ok(long.endsWith(`“${'x'.repeat(79)}”).`), long)
  })

  it('is among those of a language the best one, and of an index that one, without a word', () => {
    const tracks = [
      { ...commentary, language: 'eng' },
      { language: 'eng' },
      { language: 'fre', isDefault: true },
    ]
    const english = choose(tracks, { index: null, language: 'en' })
    assert.deepEqual([english.track.index, codes(english)], [1, ['TRACK_CHOSEN']])
    const first = choose(tracks, { index: 0, language: null })
    assert.deepEqual([first.track.index, codes(first)], [0, []])
  })
})

describe('two mono tracks', () => {
  const [left, right] = [
    { channels: 1, side: 'LEFT' },
    { channels: 1, side: 'RIGHT' },
  ] as const
  const timeline = { decodedSamples: 9_000, runs: [4_000, 5_000] }
  const sides = (made: ReturnType<typeof choose>) => made.joined?.tracks.map(({ index }) => index) ?? null

  it('that are called left and right become stereo, and that is said', () => {
    const made = choose([right, left])
    assert.deepEqual(sides(made), [1, 0])
    assert.deepEqual([made.track.channels, made.track.channelLayout], [2, 'stereo'])
    assert.deepEqual(codes(made), ['TRACKS_JOINED'])
    assert.deepEqual(codes(choose([left, right, commentary])), ['TRACK_CHOSEN', 'TRACKS_JOINED'])
  })

  it('stay two where they are not of one sound, or one of them is asked for', () => {
    for (const other of [
      { ...right, language: 'fre' },
      { ...right, durationMs: 30_000 },
      { ...right, startMs: 40 },
      { ...right, timeline },
      { ...right, sampleRateHz: 48_000 },
      { ...right, side: 'LEFT' },
      { ...right, isEmpty: true },
      { ...right, channels: 2 },
    ] as const)
      assert.equal(sides(choose([left, other])), null, JSON.stringify(other))
    assert.equal(sides(choose([left, right, { channels: 1 }])), null)
    assert.equal(sides(choose([left, right], { index: 1, language: null })), null)
  })

  it('of a camera are called nothing, and are left and right all the same', () => {
    const pcm = { channels: 1, codec: 'pcm_s24le' }
    assert.deepEqual(sides(choose([pcm, pcm], null, 'mov,mp4,m4a,3gp,3g2,mj2')), [0, 1])
    assert.equal(sides(choose([pcm, pcm], null, 'matroska,webm')), null)
    assert.equal(sides(choose([{ channels: 1 }, { channels: 1 }], null, 'mov,mp4,m4a,3gp,3g2,mj2')), null)
    assert.equal(sides(choose([pcm, pcm, pcm, pcm], null, 'mov,mp4,m4a,3gp,3g2,mj2')), null)
  })
})

describe('a track of a broadcast', () => {
  const [first, second] = [
    { codec: 'mp2', durationMs: 10_008 },
    { codec: 'ac3', startMs: 10_005, durationMs: 10_016, channels: 6, channelLayout: '5.1(side)' },
  ]
  const parts = (tracks: readonly Given[], container = 'mpegts') => {
    const made = choose(tracks, null, container)
    return made.joined === null ? null : [made.joined.as, ...made.joined.tracks.map(({ index }) => index)]
  }

  it('that goes on as another is followed, and that is said', () => {
    const made = choose([first, second], null, 'mpegts')
    assert.deepEqual(parts([first, second]), ['SEQUENCE', 0, 1])
    assert.deepEqual([made.track.channels, made.track.durationMs, made.track.startMs], [6, 20_021, 0])
    const [only, ...more] = made.warnings
    assert.deepEqual([only!.code, only!.startMs, more], ['TRACK_CONTINUED', 10_005, []])
    const third = { ...first, startMs: 20_500 }
    assert.deepEqual(parts([third, first, second]), ['SEQUENCE', 1, 2, 0])
  })

  it('is not followed by what runs beside it, is another language, may be one of two, or comes much later', () => {
    for (const others of [
      [{ ...second, startMs: 5_000 }],
      [{ ...second, startMs: 60_000 }],
      [second, { ...second, channels: 2, channelLayout: 'stereo' }],
      [{ ...second, ...commentary }],
    ])
      assert.equal(parts([first, ...others]), null, JSON.stringify(others))
    assert.equal(
      parts([
        { ...first, language: 'ger' },
        { ...second, language: 'fre' },
      ]),
      null,
    )
    assert.equal(parts([first, second], 'matroska,webm'), null)
  })
})
