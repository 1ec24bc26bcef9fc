/** The dashboards that there are, and where Grafana finds them. */
import { join } from 'node:path'
import { checkout } from '#infra/local/folders.ts'
import type { PlacedQuery } from './check-queries.ts'
import type { Dashboard } from './dashboard.ts'
import { overview } from './overview.ts'
import { work } from './work.ts'

export const dashboards: readonly Dashboard[] = [overview, work]

export const fileOf = ({ id }: Dashboard): string =>
  join(checkout, 'infra/observability/dashboards', `${id}.json`)

/** Every query of every panel. */
export const panelQueries: readonly PlacedQuery[] = dashboards.flatMap(({ id, rows }) =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries }) => queries.map(({ expr }) => ({ place: `${id}, ${title}`, expr }))),
  ),
)
