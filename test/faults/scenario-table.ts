/** The table of the long run, in Markdown, fit for docs/faults.md. */
import type { ScenarioResult } from './scenario-result.ts'
import { formatMarkdownTable, type Columns } from '#test/harness/markdown-table.ts'

const columns: Columns<ScenarioResult> = [
  ['scenario', ({ scenario }) => scenario],
  ['faults', ({ injected }) => injected],
  ['accepted', ({ accepted }) => accepted],
  ['finished', ({ finished }) => finished],
  ['lost', ({ lost }) => lost],
  ['doubled', ({ doubled }) => doubled],
  ['mails', ({ mails }) => mails],
  ['orphans', ({ orphans }) => orphans],
  ['worst recovery (s)', ({ worstRecoverySeconds }) => worstRecoverySeconds ?? '–'],
]

export const formatResults = (results: readonly ScenarioResult[]): string =>
  formatMarkdownTable(columns, results)
