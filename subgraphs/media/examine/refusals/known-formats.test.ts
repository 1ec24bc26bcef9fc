import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { beginsAsRead, formatOf } from './known-formats.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('the format of a file that is not read', () => {
  for (const [begin, name] of [
    ['%PDF-1.7\n%\u00E2\u00E3', /PDF/],
    ['PK\u0003\u0004\u0014\u0000', /ZIP/],
    ['\u0089PNG\r\n\u001A\n\u0000', /PNG picture/],
    ['RIFF\u0000\u0001\u0000\u0000WEBPVP8 ', /WebP/],
    ['\u0000\u0000\u0000\u0018ftypheic', /HEIF/],
    ['MThd\u0000\u0000\u0000\u0006', /MIDI/],
    ['.RMF\u0000\u0000\u0000\u0012', /RealMedia/],
    ['CWS\u000A\u0010\u0000', /Flash/],
    ['#EXTM3U\n#EXTINF:10,\nhttp://a/b.ts', /playlist/],
    ['<?xml version="1.0"?>\n<MPD xmlns="x">', /playlist/],
    ['<!DOCTYPE html><html>', /web page/],
    [`${'\u0000'.repeat(257)}ustar\u000000`, /TAR/],
    ['WEBVTT\n\n00:01.000 --> 00:02.000\nHello', /subtitles/],
    ['This is no video, whatever its name says.', /^text$/],
  ] as const)
    it(`is told by its first bytes: ${String(name)}`, () => assert.match(formatOf(bytes(begin)) ?? '', name))

  it('is not told of noise, of nothing, and of what we read', () => {
    for (const begin of [
      '',
      'x',
      '\u0000'.repeat(5_000),
      'RIFF\u0000\u0000\u0000\u0000WAVEfmt ',
      '\u00FF\u00FB\u0090\u0064',
    ])
      assert.equal(formatOf(bytes(begin)), null, JSON.stringify(begin.slice(0, 20)))
  })

  it('is text also where a character is cut in two by the end of what is looked at', () => {
    assert.equal(formatOf(Buffer.from('é'.repeat(3_000)).subarray(0, 4_097)), 'text')
  })
})

describe('a format that is read', () => {
  it('is told by its first bytes, however damaged what follows is', () => {
    for (const begin of [
      '\u0000\u0000\u0000\u0020ftypisom',
      '\u001AE\u00DF\u00A3',
      'FORM\u0000\u0000\u0000\u0000AIFF',
      'OggS\u0000',
    ])
      assert.ok(beginsAsRead(bytes(begin)), JSON.stringify(begin))
    for (const begin of ['', 'ftyp', 'FORM1234ILBM', 'RIFF1234WEBP'])
      assert.ok(!beginsAsRead(bytes(begin)), begin)
  })
})
