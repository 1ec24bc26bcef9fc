/** Names what a file is that is no audio or video we read, by its first bytes. */

/** Strings are what the bytes begin with, any of several. */
type Magic = string | readonly string[] | RegExp

interface Format {
  readonly name: string
  /** The bytes, as Latin-1. */
  readonly magic: Magic
  readonly at?: number
}

/** In the plural, for "This is …". From the formats' own specifications, and file(1). */
const formats: readonly Format[] = [
  { name: 'a PDF document', magic: '%PDF-' },
  { name: 'a ZIP archive, or a document that is one', magic: 'PK\u0003\u0004' },
  { name: 'a RAR archive', magic: 'Rar!\u001A\u0007' },
  { name: 'a 7-Zip archive', magic: '7z\u00BC\u00AF\u0027\u001C' },
  { name: 'a gzip archive', magic: '\u001F\u008B' },
  { name: 'a bzip2 archive', magic: /^BZh[1-9]1AY&SY/ },
  { name: 'an XZ archive', magic: '\u00FD7zXZ\u0000' },
  { name: 'a TAR archive', magic: 'ustar', at: 257 },
  { name: 'a Microsoft Office document', magic: '\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1' },
  { name: 'a program', magic: ['MZ', '\u007FELF', '\u00CF\u00FA\u00ED\u00FE', '\u00CA\u00FE\u00BA\u00BE'] },
  { name: 'a JPEG picture', magic: '\u00FF\u00D8\u00FF' },
  { name: 'a PNG picture', magic: '\u0089PNG\r\n\u001A\n' },
  { name: 'a GIF picture', magic: /^GIF8[79]a/ },
  { name: 'a WebP picture', magic: /^RIFF[^]{4}WEBP/ },
  { name: 'a TIFF picture', magic: ['II*\u0000', 'MM\u0000*'] },
  { name: 'a HEIF or AVIF picture', magic: /^[^]{4}ftyp(heic|heix|heim|heis|hevc|mif1|msf1|avif|avis)/ },
  { name: 'an SVG picture', magic: /^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)?<svg[\s>]/ },
  { name: 'a MIDI file, which holds notes and no audio', magic: 'MThd' },
  { name: 'a MIDI file, which holds notes and no audio', magic: /^RIFF[^]{4}RMID/ },
  { name: 'RealMedia, which we do not read', magic: /^(\.RMF|\.ra\u00FD)/ },
  { name: 'a Flash movie, which we do not read', magic: /^[FCZ]WS/ },
  { name: 'Musepack, which we do not read', magic: /^(MP\+|MPCK)/ },
  { name: "Monkey's Audio, which we do not read", magic: 'MAC ' },
  { name: 'OptimFROG, which we do not read', magic: 'OFR ' },
  { name: 'TAK, which we do not read', magic: 'tBaK' },
  { name: 'True Audio, which we do not read', magic: /^TTA[12]/ },
  { name: 'DSD audio, which we do not read', magic: /^(DSD |FRM8[^]{8}DSD )/ },
  {
    name: 'a Windows Television recording, which we do not read',
    magic: '\u00B7\u00D8\u0000\u0020\u0037\u0049\u00DA\u0011',
  },
  { name: 'NUT, which we do not read', magic: 'nut/multimedia container\u0000' },
  {
    name: 'a DV recording without a container, which we do not read',
    magic: ['\u001F\u0007\u0000\u003F', '\u001F\u0007\u0000\u00BF'],
  },
  { name: 'a tracker module, which holds notes and no audio', magic: /^(Extended Module: |IMPM)/ },
  {
    name: 'a playlist: upload what it lists',
    magic: /^(\u00EF\u00BB\u00BF)?\s*(#EXTM3U|\[playlist\]|ffconcat version)/i,
  },
  {
    name: 'a playlist: upload what it lists',
    magic: /^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)?<(MPD|asx|smil|playlist)[\s>]/i,
  },
  {
    name: 'a web page',
    magic: /^(\u00EF\u00BB\u00BF)?\s*(<!--[^]*?-->\s*)?<(!doctype html|html|head|body)[\s>]/i,
  },
  {
    name: 'subtitles',
    magic: /^(\u00EF\u00BB\u00BF)?(WEBVTT[\s\n]|1\r?\n\d\d:\d\d:\d\d,\d{3} -->|\[Script Info\])/,
  },
]

/** As many bytes of a file as `formatOf` looks at. */
export const headBytes = 4_096

/** @returns null where nothing is recognised. */
export function formatOf(head: Buffer): string | null {
  const text = head.subarray(0, headBytes).toString('latin1')
  const found = formats.find(({ magic, at = 0 }) => begins(text, magic, at))
  return found?.name ?? (isText(head) ? 'text' : null)
}

function begins(text: string, magic: Magic, at = 0): boolean {
  if (magic instanceof RegExp) return magic.test(text)
  return [magic].flat().some((bytes) => text.startsWith(bytes, at))
}

/** UTF-8 without control characters, at least a few of it. */
function isText(head: Buffer): boolean {
  const text = new TextDecoder().decode(head.subarray(0, headBytes), { stream: true })
  return text.length >= 8 && !/(?!\s)\p{Cc}|\uFFFD/u.test(text)
}

const boxOfMp4 = /^[^]{4}(ftyp|moov|mdat|wide|free|skip|pnot|styp|moof)/

export const isOfMp4 = (head: Buffer): boolean => boxOfMp4.test(head.subarray(0, 8).toString('latin1'))

/** Formats whose first bytes are theirs alone: what begins so and cannot be read is one of them, damaged. */
const readFormats: readonly Magic[] = [
  boxOfMp4,
  /^(RIFF|RF64|BW64)[^]{4}(WAVE|AVI )/,
  /^FORM[^]{4}AIF[FC]/,
  ['OggS', 'fLaC', 'wvpk', 'caff', '.snd', 'FLV\u0001', '#!AMR', 'ID3\u0002', 'ID3\u0003', 'ID3\u0004'],
  // Matroska, Windows Media, Wave64, MXF, and packs of MPEG
  [
    '\u001A\u0045\u00DF\u00A3',
    '\u0030\u0026\u00B2\u0075\u008E\u0066\u00CF\u0011',
    'riff\u002E\u0091\u00CF\u0011',
  ],
  ['\u0006\u000E\u002B\u0034\u0002\u0005\u0001\u0001', '\u0000\u0000\u0001\u00BA'],
]

export const beginsAsRead = (head: Buffer): boolean => {
  const text = head.subarray(0, 16).toString('latin1')
  return readFormats.some((magic) => begins(text, magic))
}
