/** The table of the corpus's page, docs/corpus.md: what was expected of each hard file, and what came of it. */
import { join } from 'node:path'
import type { KindResult } from '#test/corpus/hard/test-hard-files.ts'

export const pagePath = join(import.meta.dirname, '..', '..', 'docs', 'corpus.md')

const heading = '| kind | file | expected | got |\n|-|-|-|-|\n'

/** @returns the page with another table. */
export function withTable(page: string, results: readonly KindResult[]): string {
  const start = page.indexOf(heading)
  if (start === -1) throw new Error('the page has no table')
  const placeOf = ({ kind, file }: KindResult) => `${kind} | ${file}`
  const rows = results.toSorted((one, other) => placeOf(one).localeCompare(placeOf(other), 'en')).map(rowOf)
  return `${page.slice(0, start)}${heading}${rows.join('')}`
}

/** Of the page's table, which ends it. */
export function tableOf(page: string): KindResult[] {
  const lines = page
    .slice(page.indexOf(heading) + heading.length)
    .trimEnd()
    .split('\n')
  return lines.map((line) => {
    const [kind = '', file = '', expected = '', got = ''] = line.slice(2, -2).split(' | ')
    return { kind, file, expected, got }
  })
}

const rowOf = ({ kind, file, expected, got }: KindResult): string =>
  `| ${[kind, file, expected, got].map((text) => text.replaceAll(/\s*[|\n]\s*/g, ' ')).join(' | ')} |\n`
