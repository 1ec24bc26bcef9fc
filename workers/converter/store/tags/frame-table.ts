/**
 * Which ID3v2.3 frame holds which tag, whatever container it came from: by ffmpeg's names and, where it has none, by those of Vorbis
 * comments, as MusicBrainz Picard maps them (Picard, Appendix B: Tag Mapping). The sort orders are of ID3v2.4, and are read in 2.3.
 */

export interface TextForm {
  readonly id: string
  /** What may stand in it; else the tag becomes TXXX. */
  readonly form?: RegExp
  /** Of digits alone, in Latin-1. */
  readonly digits?: true
}

/** Keys are strangers': no object, which would have those of its prototype, too. */
const tableOf = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(entries))

const aPart = /^\d{1,9}(\/\d{1,9})?$/

export const textFrames = tableOf<TextForm>({
  title: { id: 'TIT2' },
  subtitle: { id: 'TIT3' },
  grouping: { id: 'TIT1' },
  album: { id: 'TALB' },
  artist: { id: 'TPE1' },
  album_artist: { id: 'TPE2' },
  performer: { id: 'TPE3' },
  conductor: { id: 'TPE3' },
  remixer: { id: 'TPE4' },
  composer: { id: 'TCOM' },
  lyricist: { id: 'TEXT' },
  genre: { id: 'TCON' },
  copyright: { id: 'TCOP' },
  publisher: { id: 'TPUB' },
  label: { id: 'TPUB' },
  isrc: { id: 'TSRC' },
  encoded_by: { id: 'TENC' },
  encoder: { id: 'TSSE' },
  media: { id: 'TMED' },
  mood: { id: 'TMOO' },
  discsubtitle: { id: 'TSST' },
  original_album: { id: 'TOAL' },
  original_artist: { id: 'TOPE' },
  original_lyricist: { id: 'TOLY' },
  movementname: { id: 'MVNM' },
  movement: { id: 'MVIN', form: aPart },
  titlesort: { id: 'TSOT' },
  artistsort: { id: 'TSOP' },
  albumsort: { id: 'TSOA' },
  albumartistsort: { id: 'TSO2' },
  composersort: { id: 'TSOC' },
  bpm: { id: 'TBPM', form: /^\d{1,4}$/, digits: true },
  initialkey: { id: 'TKEY', form: /^(?:o|[A-G][b#]?m?)$/ },
  track: { id: 'TRCK', form: aPart },
  disc: { id: 'TPOS', form: aPart },
  language: { id: 'TLAN', form: /^[a-z]{3}$/ },
  compilation: { id: 'TCMP', form: /^[01]$/ },
})

/** Addresses: of Latin-1 without white space (ID3v2.3, section 4.3). */
export const linkFrames = tableOf<string>({
  artist_website: 'WOAR',
  file_website: 'WOAF',
  source_website: 'WOAS',
  publisher_website: 'WPUB',
  commercial_website: 'WCOM',
  copyright_website: 'WCOP',
  payment_website: 'WPAY',
  radio_website: 'WORS',
})

/** How Picard writes the descriptions of TXXX frames that others look for. */
export const descriptions = tableOf<string>({
  musicbrainz_albumid: 'MusicBrainz Album Id',
  musicbrainz_artistid: 'MusicBrainz Artist Id',
  musicbrainz_albumartistid: 'MusicBrainz Album Artist Id',
  musicbrainz_releasegroupid: 'MusicBrainz Release Group Id',
  musicbrainz_releasetrackid: 'MusicBrainz Release Track Id',
  musicbrainz_workid: 'MusicBrainz Work Id',
  musicbrainz_discid: 'MusicBrainz Disc Id',
  musicbrainz_trmid: 'MusicBrainz TRM Id',
  musicbrainz_originalalbumid: 'MusicBrainz Original Album Id',
  musicbrainz_originalartistid: 'MusicBrainz Original Artist Id',
  releasestatus: 'MusicBrainz Album Status',
  releasetype: 'MusicBrainz Album Type',
  releasecountry: 'MusicBrainz Album Release Country',
  acoustid_id: 'Acoustid Id',
  acoustid_fingerprint: 'Acoustid Fingerprint',
  asin: 'ASIN',
  barcode: 'BARCODE',
  catalognumber: 'CATALOGNUMBER',
  artists: 'Artists',
  script: 'SCRIPT',
  license: 'LICENSE',
  originalyear: 'originalyear',
  work: 'WORK',
  writer: 'Writer',
})

/** The recording, whose id Picard keeps in a frame of its own. */
export const identifierOwners = tableOf<string>({
  musicbrainz_trackid: 'http://musicbrainz.org',
})

/** People by what they did: IPLS. */
export const roles = tableOf<string>({
  arranger: 'arranger',
  engineer: 'engineer',
  producer: 'producer',
  mixer: 'mix',
  djmixer: 'DJ-mix',
})
