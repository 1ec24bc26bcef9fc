/** Good files whose names, and links whose targets, are the attack. */
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttackGround } from './attack-ground.ts'
import { refusedAs, type CorpusFile } from './corpus-file.ts'
import { makeMedia, audio, toneHz } from './made-media.ts'

/** The first few are in the short run. */
const names = [
  '-i',
  `$(touch pwned) \`touch pwned\`; touch pwned & "%d'%n.mp4`,
  'concat:one|two',
  'two\nlines -y pwned',
  '-y pwned.mp4',
  'pipe:0',
  'file:source',
  'http:source',
  'data:audio;base64,AAAA',
  'subfile,,start,0,end,9,,:source',
  'crypto:source',
  'cache:source',
  'video%03d.mp4',
  '*.mp4',
  ' blank.mp4 ',
  '\u202E4pm.exe',
  `${'x'.repeat(251)}.mp4`,
]
const inShortRun = 4

export function nameAttacks({ note }: AttackGround): CorpusFile[] {
  const named = names.map((name, index): CorpusFile => ({
    name: `a video named ${JSON.stringify(name.slice(0, 60))}`,
    inShortRun: index < inShortRun,
    expected: { tonesHz: [toneHz] },
    make: (folder) => makeMedia(join(folder, name), [...audio(), '-c:a', 'aac', '-f', 'mp4']),
  }))
  const linked: CorpusFile = {
    name: 'a link to the secret',
    inShortRun: true,
    expected: refusedAs('UNSUPPORTED_FORMAT'),
    async make(folder) {
      const path = join(folder, 'source')
      await symlink(note, path)
      return path
    },
  }
  return [...named, linked]
}
