/** Every container with every codec of the whitelist that Debian's ffmpeg can write into it. */
import { join } from 'node:path'
import { codecOptions, containers } from './containers.ts'
import { makeMedia, picture, audio, audioSeconds, toneHz } from './made-media.ts'
import type { CorpusFile } from './corpus-file.ts'

const family = (codec: string) => /^(pcm|adpcm)/.exec(codec)?.[0] ?? codec

export function containerFiles(): CorpusFile[] {
  const seen = new Set<string>()
  return Object.entries(containers).flatMap(([container, { options, video, codecs }]) =>
    codecs.map((codec): CorpusFile => {
      const inShortRun = !seen.has(container) || !seen.has(family(codec))
      seen.add(container).add(family(codec))
      const stereo = codecOptions[codec]?.includes('-ac') ? [] : ['-ac', '2']
      return {
        name: `${container} with ${codec}`,
        inShortRun,
        expected: { tonesHz: [toneHz], seconds: audioSeconds, channels: stereo.length > 0 ? 2 : 1 },
        make: (folder) =>
          makeMedia(join(folder, 'source'), [
            ...(video.length > 0 ? picture() : []),
            ...[...audio(), ...stereo, ...video, '-c:a', codec, ...(codecOptions[codec] ?? []), ...options],
          ]),
      }
    }),
  )
}
