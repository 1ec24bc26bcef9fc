/** The table of the long run, in Markdown, fit for the README. */
import type { ScenarioResult } from '#test/faults/scenario.ts'

const columns: readonly (readonly [string, (result: ScenarioResult) => string | number])[] = [
  ['scenario', ({ scenario }) => scenario],
  ['faults', ({ injected }) => injected],
  ['accepted', ({ accepted }) => accepted],
  ['settled', ({ settled }) => settled],
  ['lost', ({ lost }) => lost],
  ['doubled', ({ doubled }) => doubled],
  ['mails', ({ mails }) => mails],
  ['orphans', ({ orphans }) => orphans],
  ['worst recovery (s)', ({ worstRecoverySeconds }) => worstRecoverySeconds ?? '–'],
]

export function formatResults(results: readonly ScenarioResult[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...results.map((result) => columns.map(([, cell]) => String(cell(result)))),
  ]
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(' | ')} |`
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  const [head, ...body] = rows.map(line)
  return [head, rule, ...body, ''].join('\n')
}
