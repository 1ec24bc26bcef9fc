import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Tag } from '#schema/documents/source-media.ts'
import { framesIn, id3FramesOf, textsOf } from '#converter/testing/id3-frames.ts'
import { id3Tag } from './id3-tag.ts'

const nothing = { tags: [], cover: null, chapters: [], durationMs: 60_000 }
const tagged = (tags: Record<string, string>) =>
  id3FramesOf(id3Tag({ ...nothing, tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }))
const texts = (tags: Record<string, string>) => tagged(tags).map((frame) => [frame.id, ...textsOf(frame)])

describe('an ID3 tag', () => {
  it('is, byte for byte, what ID3v2.3 says', () => {
    const tag = id3Tag({ ...nothing, tags: [{ key: 'title', value: 'Ä𝄞' }] })
    // Size 10 + 9; TIT2, 9 bytes, no flags; UTF-16 with its byte order; U+00C4, U+1D11E as two.
    assert.equal(tag.toString('hex'), '494433030000000000135449543200000009000001fffec40034d81edd')
  })
  it('is nothing where there is nothing to tell', () => {
    assert.equal(id3Tag(nothing).length, 0)
    assert.equal(id3Tag({ ...nothing, tags: [{ key: 'title', value: '\u0000' }] }).length, 0)
  })
  it('puts what ID3 has a frame for into that', () => {
    assert.deepEqual(
      texts({
        artist: 'AC/DC',
        album_artist: 'Various',
        track: '3/12',
        disc: '1',
        date: '2019-05-03',
        genre: 'Rock',
      }),
      [
        ['TPE1', 'AC/DC'],
        ['TPE2', 'Various'],
        ['TRCK', '3/12'],
        ['TPOS', '1'],
        ['TYER', '2019'],
        ['TDAT', '0305'],
        ['TCON', 'Rock'],
      ],
    )
  })
  it('puts the rest into TXXX, and what has not the form that its frame asks for', () => {
    assert.deepEqual(
      texts({ show: 'News', track: 'B2', language: 'English', year: 'soon', constructor: 'me' }),
      [
        ['TXXX', 'show', 'News'],
        ['TXXX', 'track', 'B2'],
        ['TXXX', 'language', 'English'],
        ['TXXX', 'year', 'soon'],
        ['TXXX', 'constructor', 'me'],
      ],
    )
  })
  it('puts what taggers have frames for into those, whichever container it came from', () => {
    const told = tagged({
      bpm: '128',
      initialkey: 'F#m',
      artistsort: 'Beatles, The',
      media: 'CD',
      musicbrainz_albumid: 'a-1',
      musicbrainz_trackid: 't-1',
      'rating:me@x': '196/255',
      'website:shop': 'http://x.example/',
      artist_website: 'http://y.example/',
      originaldate: '1999-02-03',
      producer: 'P',
      'performer:guitar': 'G',
    }).map(({ id, body }) => [
      id,
      Buffer.from(body.filter((byte) => byte > 1 && byte < 0xfe)).toString('latin1'),
    ])
    assert.deepEqual(Object.fromEntries(told), {
      TBPM: '128',
      TKEY: 'F#m',
      TSOP: 'Beatles, The',
      TMED: 'CD',
      TXXX: 'MusicBrainz Album Ida-1',
      UFID: 'http://musicbrainz.orgt-1',
      POPM: 'me@x\u00c4',
      WXXX: 'shophttp://x.example/',
      WOAR: 'http://y.example/',
      TORY: '1999',
      IPLS: 'producerPguitarG',
    })
  })
  it('holds several values of a key in its one frame', () => {
    const tags = ['One', 'Two'].flatMap((value) =>
      ['artist', 'genre', 'other'].map((key) => ({ key, value })),
    )
    assert.deepEqual(
      id3FramesOf(id3Tag({ ...nothing, tags })).map((frame) => [frame.id, ...textsOf(frame)]),
      [
        ['TPE1', 'One/Two'],
        ['TCON', 'One/Two'],
        ['TXXX', 'other', 'One/Two'],
      ],
    )
  })
  it('has a comment for each language and description', () => {
    const tags = [
      { key: 'comment', value: 'one', language: 'eng' },
      { key: 'comment', value: 'eins', language: 'deu' },
      { key: 'comment', value: 'zwei', language: 'deu' },
      { key: 'comment:note', value: 'drei', language: 'deu' },
    ]
    const frames = id3FramesOf(id3Tag({ ...nothing, tags })).map((frame) =>
      frame.id === 'COMM'
        ? [frame.body.toString('latin1', 1, 4), ...textsOf(frame, 3)]
        : [frame.id, ...textsOf(frame)],
    )
    assert.deepEqual(frames, [
      ['eng', '', 'one'],
      ['deu', '', 'eins'],
      ['TXXX', 'comment', 'zwei'],
      ['deu', 'note', 'drei'],
    ])
  })
  it('tells of how many stars there are, whatever they were counted in', () => {
    const ratingOf = (rating: string) =>
      tagged({ rating })
        .find(({ id }) => id === 'POPM')
        ?.body.at(-1)
    assert.deepEqual(['5', '80', '196', '196/255', '3/0', '300', 'good'].map(ratingOf), [
      255,
      204,
      196,
      196,
      undefined,
      undefined,
      undefined,
    ])
  })
  it('has no frame twice that may stand but once', () => {
    assert.deepEqual(texts({ date: '2019', year: '2018', publisher: 'A', label: 'B' }), [
      ['TYER', '2019'],
      ['TPUB', 'A'],
      ['TXXX', 'year', '2018'],
      ['TXXX', 'label', 'B'],
    ])
  })
  it('gives comments and lyrics the language the source states, and else says that it is not known', () => {
    const [language, comment, lyrics] = tagged({
      language: 'DEU',
      comment: 'eins\r\nzwei',
      'lyrics-fra': 'la',
    })
    assert.deepEqual(textsOf(language!), ['deu'])
    assert.equal(comment!.body.toString('latin1', 1, 4), 'deu')
    assert.deepEqual(textsOf(comment!, 3), ['', 'eins\nzwei'])
    assert.deepEqual([lyrics!.id, lyrics!.body.toString('latin1', 1, 4)], ['USLT', 'fra'])
    assert.equal(tagged({ comment: 'c' })[0]!.body.toString('latin1', 1, 4), 'und')
  })
  it('puts several lines into one where ID3 allows but one, and into a comment where they are unknown to it', () => {
    const [title, description] = tagged({ title: 'one\ntwo', description: 'one\ntwo' })
    assert.deepEqual(textsOf(title!), ['one two'])
    assert.equal(description!.id, 'COMM')
    assert.deepEqual(textsOf(description!, 3), ['description', 'one\ntwo'])
  })
  it('clips what is too long, and never in the middle of a character', () => {
    const [title, comment] = tagged({ title: `${'x'.repeat(1_999)}𝄞`, comment: 'y'.repeat(50_000) })
    assert.deepEqual(textsOf(title!), ['x'.repeat(1_999)])
    assert.equal(textsOf(comment!, 3)[1]!.length, 20_000)
  })
  it('holds any text that is on one line as it is', () => {
    const line = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 50 })
      .filter((text) => !/\s|\p{Cc}|\ufeff/u.test(text))
    fc.assert(
      fc.property(line, line, (title, other) => {
        assert.deepEqual(texts({ title, other }), [
          ['TIT2', title],
          ['TXXX', 'other', other],
        ])
      }),
    )
  })
  it('is well-formed whatever it is given', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    const key = fc.oneof(
      text,
      fc.constantFrom('title', 'date', 'track', 'comment', 'lyrics', 'language', 'artist'),
    )
    const tags: fc.Arbitrary<Tag[]> = fc.array(fc.record({ key, value: text }))
    fc.assert(
      fc.property(tags, (given) => {
        const tag = id3Tag({ ...nothing, tags: given })
        if (tag.length > 0) id3FramesOf(tag)
      }),
    )
  })
})

describe('the cover of an ID3 tag', () => {
  for (const [mime, start] of [
    ['image/jpeg', 'ffd8ffe0'],
    ['image/png', '89504e470d0a1a0a'],
  ] as const) {
    for (const type of [3, 8]) {
      it(`is of its type, with its bytes unchanged: ${mime}, ${type}`, () => {
        const bytes = Buffer.concat([Buffer.from(start, 'hex'), Buffer.from([0, 1, 0xff, 0xfb, 2])])
        const [picture] = id3FramesOf(id3Tag({ ...nothing, cover: { bytes, type } }))
        assert.equal(picture!.id, 'APIC')
        // Encoding, MIME type, type, no description.
        const before = Buffer.concat([Buffer.from(`\u0000${mime}\u0000`), Buffer.of(type, 0)])
        assert.deepEqual(picture!.body, Buffer.concat([before, bytes]))
      })
    }
  }
})

describe('the chapters of an ID3 tag', () => {
  const chapter = (startMs: number, endMs: number, title: string | null = null) => ({ startMs, endMs, title })
  const framesFor = (chapters: ReturnType<typeof chapter>[], durationMs = 60_000) =>
    id3FramesOf(id3Tag({ ...nothing, chapters, durationMs }))
  /** Element id, start and end, and the title. */
  const read = (body: Buffer) => {
    const times = body.indexOf(0) + 1
    const [title] = framesIn(body.subarray(times + 16))
    return [
      body.toString('latin1', 0, times - 1),
      body.readUInt32BE(times),
      body.readUInt32BE(times + 4),
      title && textsOf(title)[0],
    ]
  }
  /** Element id, flags and children. */
  const readTable = (body: Buffer) => {
    const at = body.indexOf(0) + 1
    const children = body
      .toString('latin1', at + 2)
      .split('\u0000')
      .slice(0, -1)
    assert.equal(children.length, body[at + 1])
    return { id: body.toString('latin1', 0, at - 1), flags: body[at], children }
  }

  it('come in the order of time, under one ordered table, each with a title', () => {
    const frames = framesFor([chapter(1_500, 3_000), chapter(0, 1_500, 'Öffnung')])
    assert.deepEqual(
      frames.map(({ id }) => id),
      ['CHAP', 'CHAP', 'CTOC'],
    )
    assert.deepEqual(read(frames[0]!.body), ['chp0', 0, 1_500, 'Öffnung'])
    assert.deepEqual(read(frames[1]!.body), ['chp1', 1_500, 3_000, 'Chapter 2'])
    assert.deepEqual(readTable(frames[2]!.body), { id: 'toc', flags: 3, children: ['chp0', 'chp1'] })
  })
  it('say nothing of bytes, which a change of the tag would make wrong', () => {
    const [frame] = framesFor([chapter(0, 10)])
    assert.equal(frame!.body.toString('hex', 5 + 8, 5 + 16), 'ffffffffffffffff')
  })
  it('end where the audio ends', () => {
    const frames = framesFor([chapter(-5, 40), chapter(40, 200), chapter(100, 300), chapter(90, 80)], 100)
    assert.deepEqual(
      frames.slice(0, -1).map(({ body }) => read(body).slice(1, 3)),
      [
        [0, 40],
        [40, 100],
        [90, 90],
      ],
    )
  })
  it('may be 255 in one table; more are put under tables of their own', () => {
    const many = (count: number) => framesFor(Array.from({ length: count }, (_, n) => chapter(n, n + 1)))
    const tablesOf = (count: number) =>
      many(count)
        .filter(({ id }) => id === 'CTOC')
        .map(({ body }) => readTable(body))
    assert.deepEqual(
      tablesOf(255).map(({ children }) => children.length),
      [255],
    )
    const tables = tablesOf(256)
    assert.deepEqual(
      tables.map(({ id, flags, children }) => [id, flags, children.length]),
      [
        ['toc0', 1, 255],
        ['toc1', 1, 1],
        ['toc', 3, 2],
      ],
    )
    assert.deepEqual(tables[2]!.children, ['toc0', 'toc1'])
    assert.deepEqual(tables[1]!.children, ['chp255'])
  })
})
