/** Texts that make an unguarded ffmpeg read other files, or ask other servers. */
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttackGround } from './attack-ground.ts'
import { refusedAs, type CorpusFile } from './corpus-file.ts'
import { writtenFile } from './written-file.ts'

const hls = (segment: string, ...more: string[]) =>
  ['#EXTM3U', '#EXT-X-TARGETDURATION:10', ...more, '#EXTINF:10.0,', segment, '#EXT-X-ENDLIST', ''].join('\n')

const dash = (base: string) => `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
<Period><AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="1"><BaseURL>${base}</BaseURL></Representation></AdaptationSet></Period></MPD>
`

const sdp = 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n'

const subtitles = (path: string) => `[Script Info]
ScriptType: v4.00+
[Fonts]
fontname: ${path}
[Events]
Format: Layer, Start, End, Style, Text
Dialogue: 0,0:00:00.00,0:00:09.00,Default,{\\1img(${path})}x
`

/** A tag of ID3 in front, as if what follows were MP3. */
const asMp3 = (text: string) =>
  Buffer.concat([
    Buffer.from('ID3\x03\x00\x00\x00\x00\x00\x0a', 'latin1'),
    Buffer.alloc(10),
    Buffer.from(text),
  ])

/** The beginning of an MP4, as if the rest were one. */
const asMp4 = (text: string) =>
  Buffer.concat([Buffer.from('\0\0\0\x14ftypisom\0\0\x02\0isom', 'latin1'), Buffer.from(text)])

export function playlistAttacks({ canary, note, server }: AttackGround): CorpusFile[] {
  const refused = (name: string, content: string, filename = 'source') =>
    writtenFile(name, refusedAs('UNSUPPORTED_FORMAT'), content, filename)
  return [
    refused('HLS with an absolute path', hls(canary)),
    refused('HLS with a file URL', hls(`file://${canary}`)),
    refused('HLS with an HTTP URL', hls(`${server}/segment.ts`)),
    refused('HLS named .mp4', hls(canary), 'video.mp4'),
    refused('HLS named .m3u8', hls(canary), 'video.m3u8'),
    refused('HLS named .ts', hls(`${server}/segment.ts`), 'video.ts'),
    refused('HLS whose key is the secret', hls('source', `#EXT-X-KEY:METHOD=AES-128,URI="file://${note}"`)),
    refused('HLS whose beginning is the secret', hls('source', `#EXT-X-MAP:URI="${canary}"`)),
    refused('HLS by way of the concat protocol', hls(`concat:${canary}|${canary}`)),
    refused('HLS by way of the crypto protocol', hls(`crypto+file://${canary}`)),
    refused('a master playlist', `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${server}/other.m3u8\n`),
    refused('a concat script', `ffconcat version 1.0\nfile '${canary}'\n`),
    refused('a concat script of URLs', `ffconcat version 1.0\nfile '${server}/segment.ts'\n`),
    refused('a concat script named .mp4', `ffconcat version 1.0\nfile '${canary}'\n`, 'video.mp4'),
    refused('DASH with a file URL', dash(`file://${canary}`)),
    refused('DASH with an HTTP URL', dash(`${server}/segment.mp4`)),
    refused('a session description', sdp),
    refused('a session description named .mp4', sdp, 'video.mp4'),
    refused('a redirector', `[Reference]\nRef1=${server}/segment.asf\n`),
    refused('SMIL', `<smil><body><audio src="${server}/segment.mp3"/></body></smil>`),
    refused('an Avisynth script', `FFmpegSource2("${canary}")\n`, 'video.avs'),
    refused('a filter graph', `amovie=${canary}`),
    refused('metadata', `;FFMETADATA1\ntitle=x\n`),
    refused('subtitles that name a font and a picture', subtitles(note), 'video.ass'),
    writtenFile(
      'HLS behind a tag of MP3',
      refusedAs('UNSUPPORTED_FORMAT', 'CORRUPT_FILE'),
      asMp3(hls(canary)),
    ),
    writtenFile(
      'HLS behind a beginning of MP4',
      refusedAs('UNSUPPORTED_FORMAT', 'CORRUPT_FILE'),
      asMp4(hls(canary)),
    ),
    {
      ...refused('a concat script with a relative path', ''),
      async make(folder) {
        await copyFile(canary, join(folder, 'beside.ts'))
        return await refused('', `ffconcat version 1.0\nfile beside.ts\n`).make(folder)
      },
    },
    {
      ...refused('an index of subtitles with the secret beside it', ''),
      async make(folder) {
        await copyFile(note, join(folder, 'video.sub'))
        return await refused('', '# VobSub index file, v7\nid: en, index: 0\n', 'video.idx').make(folder)
      },
    },
  ]
}
