/** The tables of a run, in Markdown: groups of files, and kinds of files that are hard to get right. */
import type { KindResult } from '#test/corpus/hard/test-hard-files.ts'
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

const kindColumns: Columns<KindResult> = [
  ['kind', ({ kind }) => kind],
  ['file', ({ file }) => file],
  ['expected', ({ expected }) => expected],
  ['got', ({ got }) => got],
]

export function formatResults(results: readonly (GroupResult | KindResult)[]): string {
  const groups = results.filter((result) => 'group' in result)
  const kinds = results.filter((result) => 'kind' in result)
  const byKind = kinds.toSorted((one, other) => one.kind.localeCompare(other.kind, 'en'))
  return [
    ...(groups.length > 0 ? [formatMarkdownTable(columns, groups)] : []),
    ...(kinds.length > 0 ? [formatMarkdownTable(kindColumns, byKind)] : []),
  ].join('\n')
}
