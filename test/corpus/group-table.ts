/** The table of a run, in Markdown. */
import type { GroupResult } from './tally.ts'
import { formatMarkdownTable, type Columns } from '#test/harness/markdown-table.ts'

const columns: Columns<GroupResult> = [
  ['group', ({ group }) => group],
  ['files', ({ files }) => files],
  ['converted', ({ converted }) => converted],
  ['refused', ({ refused }) => describe(refused)],
  ['crashes', ({ crashes }) => crashes],
  ['leaks', ({ leaks }) => leaks],
  ['worst memory (MB)', ({ worstMemoryMb }) => worstMemoryMb],
  ['worst time (s)', ({ worstSeconds }) => worstSeconds],
]

const describe = (refused: GroupResult['refused']): string =>
  Object.entries(refused)
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, count]) => `${count} ${code}`)
    .join(', ') || '–'

export const formatResults = (results: readonly GroupResult[]): string =>
  formatMarkdownTable(columns, results)
