/** A table in Markdown, its columns aligned: fit for a terminal and for a document. */

export type Columns<Row> = readonly (readonly [title: string, cell: (row: Row) => string | number])[]

/** The first column is text; the others are aligned as numbers are. */
export function formatMarkdownTable<Row>(columns: Columns<Row>, given: readonly Row[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...given.map((row) => columns.map(([, cell]) => String(cell(row)))),
  ]
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(' | ')} |`
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  const [head, ...body] = rows.map(line)
  return [head, rule, ...body, ''].join('\n')
}
