/** The table of what the attacks did, in Markdown, fit for SECURITY.md. */
import type { AttackResult } from './attack-result.ts'
import { formatMarkdownTable, type Columns } from '#test/harness/markdown-table.ts'

const columns: Columns<AttackResult> = [
  ['attack', ({ attack }) => attack],
  ['sent', ({ sent }) => sent],
  ['honest answers', ({ honestAnswers }) => honestAnswers ?? '–'],
  ['lost', ({ honestLost }) => honestLost ?? '–'],
  ['peak memory (MiB)', ({ peakMemoryMb }) => formatMemory(peakMemoryMb)],
]

export const formatResults = (results: readonly AttackResult[]): string =>
  formatMarkdownTable(columns, results)

function formatMemory(peaks: AttackResult['peakMemoryMb']): string {
  if (peaks === null) return '–'
  return Object.entries(peaks)
    .map(([name, mb]) => `${name} ${Math.round(mb)}`)
    .join(', ')
}
