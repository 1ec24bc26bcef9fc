import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleMedia } from '#media/testing/upload-rig.ts'
import { commonKey, keyOf } from './native-keys.ts'
import { hasMoreToTell, sourceTags } from './source-tags.ts'

const native = (format: string, ...tags: readonly (readonly [id: string, text: string])[]) =>
  tags.map(([id, text]) => ({ format, id, text }))
const told = (container: string, probed: Record<string, string>, read: ReturnType<typeof native>) =>
  sourceTags(
    container,
    Object.entries(probed).map(([key, value]) => ({ key, value })),
    read,
  ).map(({ key, value }) => `${key}=${value}`)

describe('the tags of a source', () => {
  it('are all values of a field, by the key that it has in every container', () => {
    assert.deepEqual(told('mp3', { artist: 'One' }, native('ID3v2.4', ['TPE1', 'One'], ['TPE1', 'Two'])), [
      'artist=One',
      'artist=Two',
    ])
    assert.deepEqual(told('flac', {}, native('vorbis', ['ALBUMARTIST', 'A'], ['INITIALKEY', 'Am'])), [
      'album_artist=A',
      'initialkey=Am',
    ])
    const free = '----:com.apple.iTunes:MusicBrainz Album Id'
    assert.deepEqual(
      told('mov,mp4', { rating: '4', location: 'x' }, native('iTunes', ['©ART', 'One'], [free, 'a'])),
      ['artist=One', 'musicbrainz_albumid=a', 'location=x'],
    )
  })

  it('are those of the better kind where several stand in a file, and of the others what it lacks', () => {
    const old = native('ID3v1', ['title', 'A long ti'], ['album', 'Album'])
    assert.deepEqual(told('mp3', {}, [...old, ...native('ID3v2.3', ['TIT2', 'A long title'])]), [
      'title=A long title',
      'album=Album',
    ])
  })

  it('keep a slash that may be part of a name', () => {
    const read = native('ID3v2.3', ['TPE1', 'AC'], ['TPE1', 'DC'], ['TYER', '2019'], ['TDAT', '0305'])
    assert.deepEqual(told('mp3', {}, read), ['artist=AC/DC', 'date=2019-05-03'])
  })

  it('count a track of how many, however that is said', () => {
    const read = native('vorbis', ['TRACKNUMBER', '3'], ['TRACKTOTAL', '12'], ['DISCTOTAL', '2'])
    assert.deepEqual(told('flac', {}, read), ['track=3/12', 'disctotal=2'])
  })

  it('are ffprobe’s where nothing else was read, and its names of frames are ours', () => {
    assert.deepEqual(told('mp3', { tbpm: '128', 'artist-sort': 'One, The' }, []), [
      'bpm=128',
      'artistsort=One, The',
    ])
  })

  it('are of Matroska what ffprobe shows, with all values where it shows one of several', () => {
    const read = native('Matroska', ['ARTIST', 'One'], ['ARTIST', 'Two'], ['COMMENT', 'of another target'])
    assert.deepEqual(told('matroska,webm', { artist: 'Two', title: 'T' }, read), [
      'artist=One',
      'artist=Two',
      'title=T',
    ])
  })

  it('leave out frames of bytes and of the file’s own doings', () => {
    assert.deepEqual(
      ['PRIV', 'GEOB', 'MCDI', 'PCNT'].map((id) => keyOf('ID3v2.4', id)),
      [null, null, null, null],
    )
    assert.equal(keyOf('ID3v2.2', 'TP1'), 'artist')
    assert.equal(keyOf('ID3v2.4', 'TMCL', 'Guitar'), 'performer:guitar')
    assert.equal(commonKey('constructor'), 'constructor')
  })
})

describe('a file is read for its tags', () => {
  const isRead = (container: string, tags: readonly string[] = [], more = {}) =>
    hasMoreToTell({
      ...sampleMedia,
      container,
      tags: tags.map((key) => ({ key, value: 'x', language: null })),
      ...more,
    })

  it('where it is audio, or has any: a plain video is not read twice', () => {
    const plain = ['major_brand', 'encoder', 'com.android.version']
    assert.deepEqual(
      [isRead('mp3'), isRead('mov,mp4', plain), isRead('mov,mp4', ['title']), isRead('mpegts', ['title'])],
      [true, false, true, false],
    )
    const chapters = [{ startMs: 0, endMs: 1, title: null }]
    assert.deepEqual(
      [isRead('matroska,webm', plain), isRead('matroska,webm', [], { chapters })],
      [false, true],
    )
  })
})
