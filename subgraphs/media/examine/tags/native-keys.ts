/** By which key we know a tag of each format: ffmpeg's, where it has one, else that of Vorbis comments, in lower case. */

const tableOf = (entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(entries))

/** ID3v2.3 and 2.4. Text frames that are not here keep their id. */
const id3 = tableOf({
  TIT1: 'grouping',
  TIT2: 'title',
  TIT3: 'subtitle',
  TALB: 'album',
  TPE1: 'artist',
  TPE2: 'album_artist',
  TPE3: 'performer',
  TPE4: 'remixer',
  TCOM: 'composer',
  TEXT: 'lyricist',
  TCON: 'genre',
  TCOP: 'copyright',
  TPUB: 'publisher',
  TENC: 'encoded_by',
  TSSE: 'encoder',
  TRCK: 'track',
  TPOS: 'disc',
  TLAN: 'language',
  TCMP: 'compilation',
  TSRC: 'isrc',
  TBPM: 'bpm',
  TKEY: 'initialkey',
  TMED: 'media',
  TMOO: 'mood',
  TSST: 'discsubtitle',
  TSOT: 'titlesort',
  TSOP: 'artistsort',
  TSOA: 'albumsort',
  TSO2: 'albumartistsort',
  TSOC: 'composersort',
  TOAL: 'original_album',
  TOPE: 'original_artist',
  TOLY: 'original_lyricist',
  TDRC: 'date',
  TYER: 'date',
  TDOR: 'originaldate',
  TORY: 'originaldate',
  MVNM: 'movementname',
  MVIN: 'movement',
  GRP1: 'grouping',
  COMM: 'comment',
  USLT: 'lyrics',
  WXXX: 'website',
  WOAR: 'artist_website',
  WOAF: 'file_website',
  WOAS: 'source_website',
  WPUB: 'publisher_website',
  WCOM: 'commercial_website',
  WCOP: 'copyright_website',
  WPAY: 'payment_website',
  WORS: 'radio_website',
  POPM: 'rating',
})

/** ID3v2.2 has three letters for the same. */
const id3Of22 = tableOf({
  TT1: 'TIT1',
  TT2: 'TIT2',
  TT3: 'TIT3',
  TAL: 'TALB',
  TP1: 'TPE1',
  TP2: 'TPE2',
  TP3: 'TPE3',
  TP4: 'TPE4',
  TCM: 'TCOM',
  TXT: 'TEXT',
  TCO: 'TCON',
  TCR: 'TCOP',
  TPB: 'TPUB',
  TEN: 'TENC',
  TSS: 'TSSE',
  TRK: 'TRCK',
  TPA: 'TPOS',
  TLA: 'TLAN',
  TCP: 'TCMP',
  TRC: 'TSRC',
  TBP: 'TBPM',
  TKE: 'TKEY',
  TMT: 'TMED',
  TST: 'TSOT',
  TSP: 'TSOP',
  TSA: 'TSOA',
  TS2: 'TSO2',
  TSC: 'TSOC',
  TOT: 'TOAL',
  TOA: 'TOPE',
  TOL: 'TOLY',
  TYE: 'TYER',
  TDA: 'TDAT',
  TOR: 'TORY',
  COM: 'COMM',
  ULT: 'USLT',
  WXX: 'WXXX',
  WAR: 'WOAR',
  POP: 'POPM',
  UFI: 'UFID',
  IPL: 'IPLS',
})

/** MP4's, where ffmpeg has none or another for the same. */
const mp4 = tableOf({
  '©nam': 'title',
  '©ART': 'artist',
  aART: 'album_artist',
  '©alb': 'album',
  '©gen': 'genre',
  gnre: 'genre',
  '©wrt': 'composer',
  '©day': 'date',
  '©cmt': 'comment',
  '©lyr': 'lyrics',
  '©grp': 'grouping',
  '©too': 'encoder',
  '©mvn': 'movementname',
  '©mvi': 'movement',
  '©wrk': 'work',
  '©con': 'conductor',
  cprt: 'copyright',
  desc: 'description',
  ldes: 'synopsis',
  trkn: 'track',
  disk: 'disc',
  cpil: 'compilation',
  tmpo: 'bpm',
  sonm: 'titlesort',
  soar: 'artistsort',
  soal: 'albumsort',
  soaa: 'albumartistsort',
  soco: 'composersort',
  keyw: 'keywords',
  catg: 'category',
  tvsh: 'show',
  tven: 'episode_id',
  tvnn: 'network',
})

/** Other names of the same, in any format, in lower case. */
const otherNames = tableOf({
  albumartist: 'album_artist',
  'album artist': 'album_artist',
  tracknumber: 'track',
  discnumber: 'disc',
  year: 'date',
  originalyear: 'originaldate',
  'original year': 'originaldate',
  organization: 'publisher',
  unsyncedlyrics: 'lyrics',
  'unsynced lyrics': 'lyrics',
  key: 'initialkey',
  'initial key': 'initialkey',
  tempo: 'bpm',
  mixartist: 'remixer',
  url: 'website',
  'encoded-by': 'encoded_by',
  encodedby: 'encoded_by',
  sort_name: 'titlesort',
  sort_artist: 'artistsort',
  sort_album: 'albumsort',
  sort_album_artist: 'albumartistsort',
  sort_composer: 'composersort',
  'title-sort': 'titlesort',
  'artist-sort': 'artistsort',
  'album-sort': 'albumsort',
  'musicbrainz album id': 'musicbrainz_albumid',
  'musicbrainz artist id': 'musicbrainz_artistid',
  'musicbrainz album artist id': 'musicbrainz_albumartistid',
  'musicbrainz release group id': 'musicbrainz_releasegroupid',
  'musicbrainz release track id': 'musicbrainz_releasetrackid',
  'musicbrainz track id': 'musicbrainz_trackid',
  'musicbrainz work id': 'musicbrainz_workid',
  'musicbrainz disc id': 'musicbrainz_discid',
  'musicbrainz trm id': 'musicbrainz_trmid',
  'musicbrainz original album id': 'musicbrainz_originalalbumid',
  'musicbrainz original artist id': 'musicbrainz_originalartistid',
  'musicbrainz album status': 'releasestatus',
  'musicbrainz album type': 'releasetype',
  'musicbrainz album release country': 'releasecountry',
  'acoustid id': 'acoustid_id',
  'acoustid fingerprint': 'acoustid_fingerprint',
  author: 'artist',
  'wm/albumartist': 'album_artist',
  'wm/albumtitle': 'album',
  'wm/genre': 'genre',
  'wm/year': 'date',
  'wm/originalreleaseyear': 'originaldate',
  'wm/tracknumber': 'track',
  'wm/partofset': 'disc',
  'wm/composer': 'composer',
  'wm/writer': 'lyricist',
  'wm/conductor': 'conductor',
  'wm/modifiedby': 'remixer',
  'wm/publisher': 'publisher',
  'wm/language': 'language',
  'wm/lyrics': 'lyrics',
  'wm/mood': 'mood',
  'wm/isrc': 'isrc',
  'wm/beatsperminute': 'bpm',
  'wm/initialkey': 'initialkey',
  'wm/media': 'media',
  'wm/iscompilation': 'compilation',
  'wm/encodedby': 'encoded_by',
  'wm/titlesortorder': 'titlesort',
  'wm/artistsortorder': 'artistsort',
  'wm/albumsortorder': 'albumsort',
  'wm/albumartistsortorder': 'albumartistsort',
  'wm/composersortorder': 'composersort',
  'wm/contentgroupdescription': 'grouping',
  'wm/subtitle': 'subtitle',
  'dj-mix': 'djmixer',
  mix: 'mixer',
})

/** ffmpeg keeps the ids of frames that it has no word for. */
export function commonKey(name: string): string {
  const key = name
    .trim()
    .toLowerCase()
    .replace(/^musicbrainz\//, 'musicbrainz ')
  return otherNames.get(key) ?? id3.get(key.toUpperCase()) ?? key
}

const doers = new Set(['arranger', 'engineer', 'producer', 'mixer', 'djmixer'])

/** Null for what tells of the file, not of what it holds. @param about A description, an owner, or what somebody did. */
export function keyOf(format: string, id: string, about = ''): string | null {
  const more = about === '' ? '' : `:${about.toLowerCase()}`
  if (format.startsWith('ID3v2')) {
    const frame = id3Of22.get(id) ?? id
    const [, described] = /^TXX?X:(.*)$/s.exec(frame) ?? []
    if (described !== undefined) return commonKey(described)
    if (frame === 'UFID') return about === 'http://musicbrainz.org' ? 'musicbrainz_trackid' : `ufid${more}`
    if (frame === 'TMCL' || frame === 'TIPL' || frame === 'IPLS') {
      const role = commonKey(about)
      return doers.has(role) ? role : `performer${more}`
    }
    const key = id3.get(frame)
    if (key === undefined) return frame === 'TDAT' || /^T\w{3}$/.test(frame) ? frame.toLowerCase() : null
    return `${key}${more}`
  }
  if (format !== 'iTunes') return commonKey(id)
  const [, freeform] = /^----:[^:]*:(.*)$/s.exec(id) ?? []
  return freeform === undefined ? (mp4.get(id) ?? null) : commonKey(freeform)
}
