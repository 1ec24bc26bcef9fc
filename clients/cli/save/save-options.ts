/** What the commands that save MP3s have in common: where to, and how they tell what came of it. */
import type { Command } from 'commander'
import { statSync } from 'node:fs'
import { oneLine } from '#cli/cli-error.ts'
import type { Conversion } from '#cli/convert/follow-conversion.ts'
import { formatMp3 } from '#cli/format.ts'
import type { OutputTarget } from './output-targets.ts'
import type { SavedMp3, SaveTarget } from './save-mp3.ts'

export interface SaveOptions {
  readonly output?: string
  readonly force?: boolean
  readonly json?: boolean
}

export const addSaveOptions = (command: Command): Command =>
  command
    .option('-o, --output <path>', 'where to write: a folder, or the name of the MP3')
    .option(
      '-f, --force',
      'replace a file that has the name already; unless given, the MP3 becomes "talk 2.mp3"',
    )
    .option('--json', 'print a line of JSON for each file')

export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** A name that the user gave is that name or none; one of ours gives way. */
export const ifTaken = ({ isNamed }: OutputTarget, { force }: SaveOptions): SaveTarget['ifTaken'] =>
  force ? 'REPLACE' : isNamed ? 'REFUSE' : 'NUMBER'

/** `talk.mp3  (3:12, 4.6 MB, 192 kbit/s)`, a line for each MP3, with a word where it has not simply been written there. */
export const savedLines = ({ mp3s }: Conversion, saved: readonly SavedMp3[]): string =>
  saved
    .map(({ path, wanted, existed }, index) => {
      const notes = [
        ...(existed ? ['was here already, byte for byte'] : []),
        ...(path === wanted ? [] : [`${oneLine(wanted)} is another file, and was left alone`]),
      ]
      return `${[`${oneLine(path)}  (${formatMp3(mp3s[index]!)})`, ...notes].join('; ')}\n`
    })
    .join('')

export const savedJson = ({ mp3s }: Conversion, saved: readonly SavedMp3[]) =>
  saved.map(({ path, existed }, index) => ({ path, existed, mp3: mp3s[index] }))
