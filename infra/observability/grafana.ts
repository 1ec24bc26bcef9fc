/** Dashboards as Grafana reads them (its JSON model, schema version 39). */
import type { Dashboard, Panel, Query } from './dashboard.ts'

/** Whoever opens it chooses the Prometheus; the first one otherwise. */
const datasource = { type: 'prometheus', uid: '${datasource}' }

const reduceOptions = { calcs: ['lastNotNull'], fields: '', values: false }

const shapes = {
  now: {
    type: 'stat',
    options: { reduceOptions, colorMode: 'background', graphMode: 'none', textMode: 'value_and_name' },
  },
  bars: { type: 'bargauge', options: { reduceOptions, displayMode: 'basic', orientation: 'horizontal' } },
  labels: { type: 'table', options: { showHeader: true } },
  course: { type: 'timeseries', options: { legend: { displayMode: 'list', placement: 'bottom' } } },
} as const

export function grafanaJson({ id, title, description, rows }: Dashboard): string {
  const panels: object[] = []
  let y = 0
  for (const { height, panels: row } of rows) {
    let x = 0
    for (const panel of row) {
      panels.push(panelOf(panel, panels.length + 1, { x, y, w: panel.width, h: height }))
      x += panel.width
    }
    y += height
  }
  const dashboard = {
    uid: id,
    title,
    description,
    tags: ['earshot'],
    schemaVersion: 39,
    editable: false,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    timezone: 'browser',
    annotations: { list: [] },
    templating: {
      list: [{ type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus' }],
    },
    panels,
  }
  return `${JSON.stringify(dashboard, null, 2)}\n`
}

function panelOf(panel: Panel, id: number, gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>) {
  const { title, shows, queries, unit = 'short', worse, bad } = panel
  const steps = [
    { color: 'green', value: null },
    ...(worse === undefined ? [] : [{ color: 'orange', value: worse }]),
    ...(bad === undefined ? [] : [{ color: 'red', value: bad }]),
  ]
  const defaults = { unit, thresholds: { mode: 'absolute', steps }, noValue: 'none' }
  return {
    id,
    title,
    gridPos,
    datasource,
    ...shapes[shows],
    fieldConfig: { defaults, overrides: [] },
    targets: queries.map((query, index) => targetOf(query, shows, String.fromCharCode(65 + index))),
    ...(shows === 'labels' && {
      transformations: [{ id: 'organize', options: { excludeByName: { Time: true, Value: true } } }],
    }),
  }
}

function targetOf({ expr, legend }: Query, shows: Panel['shows'], refId: string) {
  const instant = shows !== 'course'
  const format = shows === 'labels' ? 'table' : 'time_series'
  return { refId, datasource, expr, instant, range: !instant, format, legendFormat: legend ?? '__auto' }
}
