/** The names of files: what the name of an upload becomes, and what an MP3 of it is called, wherever it is shown or saved. */

/** What follows the last dot of a file of audio or video. Anything else is a part of its name: "Dr. Smith", "St. Paul". */
const mediaExtensions: ReadonlySet<string> = new Set(
  [
    'mp4 m4v m4a m4b m4r m4p mp4v mov qt 3gp 3gpp 3ga 3g2 3gpp2 f4v f4a f4b isma ismv aax aaxc',
    'mkv mka mk3d webm weba avi divx flv asf wma wmv ogg oga ogv ogx opus spx',
    'ts mts m2ts m2t tp trp mpg mpeg mpe mpv m1v m2v m2p mod tod vob evo vro mxf dv nut',
    'mp3 mp2 mp1 mpa mpga m2a aac adts adif loas latm flac wav wave bwf rf64 w64 aif aiff aifc caf au snd',
    'ac3 ec3 eac3 ac4 dts dtshd dtshr thd truehd mlp wv tta ape mpc alac amr awb gsm g722 g726 ra rm rmvb',
  ].flatMap((names) => names.split(' ')),
)

/** File systems take names of 255 bytes in UTF-8. */
const mostBytes = 255
/** Browsers add to the name of what they load, and we do to one that is taken. */
const mostMp3Bytes = 230

/** Control characters, ends of lines, what turns the direction of text, and what parts folders. */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069/\\]/gu

/** Any text as the name of a file, no longer than a name may be: nothing hidden, no folders. A known extension is kept. */
export function fileName(text: string): string {
  const [name, extension] = parted(safe(text))
  const clipped = clippedText(name, mostBytes - bytesIn(extension)) + extension
  // Of a name of spaces nothing is left.
  return clipped.replace(/^\./, '_.')
}

/** `talk.mkv` → `talk`; `audio` where there is no name. */
export const nameOfSource = (filename: string): string => parted(safe(filename))[0].trim() || 'audio'

/** @param part What tells it from the other MP3s of its source. */
export function mp3FileName(filename: string, part = ''): string {
  const end = `${safe(part)}.mp3`
  return clippedText(nameOfSource(filename), mostMp3Bytes - bytesIn(end)) + end
}

/** Cut where a character ends that a reader takes for one, however many code points it has. */
export function clippedText(text: string, most: number): string {
  const clipped = takeWhileRoom(graphemesOf(text), most)
  // One that is longer than all the room (ISO 10646 sets no limit to combining marks) is cut between code points.
  return (clipped || takeWhileRoom(text, most)).trim()
}

const safe = (text: string) => text.toWellFormed().replaceAll(unsafe, '_').replace(/^\.+/, '_')

function parted(name: string): [name: string, extension: string] {
  const dot = name.lastIndexOf('.')
  return dot > 0 && mediaExtensions.has(name.slice(dot + 1).toLowerCase())
    ? [name.slice(0, dot), name.slice(dot)]
    : [name, '']
}

const encoder = new TextEncoder()
const bytesIn = (text: string) => encoder.encode(text).length

const segmenter = new Intl.Segmenter()

function* graphemesOf(text: string) {
  for (const { segment } of segmenter.segment(text)) yield segment
}

function takeWhileRoom(characters: Iterable<string>, most: number): string {
  let [taken, room] = ['', most]
  for (const character of characters) {
    room -= bytesIn(character)
    if (room < 0) break
    taken += character
  }
  return taken
}
