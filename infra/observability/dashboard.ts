/** What a dashboard is made of, without what Grafana wants to be told besides. */

export interface Query {
  /** In PromQL; with fixed windows, so that it can be asked outside Grafana as it is. */
  readonly expr: string
  /** Of a line: text with labels as {{label}}; the labels themselves where none is given. */
  readonly legend?: string
}

export interface Panel {
  readonly title: string
  /** `now`: a big figure each; `bars`: a bar each; `labels`: a table of the labels; `course`: lines over time. */
  readonly shows: 'now' | 'bars' | 'labels' | 'course'
  readonly queries: readonly Query[]
  /** As Grafana names them; a plain count otherwise. */
  readonly unit?: 's' | 'bytes' | 'Bps' | 'percentunit' | 'reqps'
  /** From which value on it turns orange, and red. */
  readonly worse?: number
  readonly bad?: number
  /** Of 24 columns. */
  readonly width: number
}

export interface Dashboard {
  /** Also the name of its file. */
  readonly id: string
  readonly title: string
  readonly description: string
  /** Each of a height, from the top. */
  readonly rows: readonly { readonly height: number; readonly panels: readonly Panel[] }[]
}
