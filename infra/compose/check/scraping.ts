/** Whether Prometheus asks each of our processes, and Grafana asks Prometheus. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { serviceKinds } from '#infra/local/system/services.ts'
import { composeFolder, type Compose } from './read-compose.ts'

interface PrometheusFile {
  readonly rule_files: readonly string[]
  readonly scrape_configs: readonly {
    readonly dns_sd_configs: readonly { readonly names: readonly string[]; readonly port: number }[]
  }[]
}

interface DataSourceFile {
  readonly datasources: readonly { readonly url: string }[]
}

const read = async <T>(file: string) => parse(await readFile(join(composeFolder, file), 'utf8')) as T

export async function scrapingProblems({ services }: Compose): Promise<string[]> {
  const { rule_files, scrape_configs } = await read<PrometheusFile>('prometheus.yaml')
  const asked = scrape_configs.flatMap(({ dns_sd_configs }) =>
    dns_sd_configs.flatMap(({ names, port }) => names.map((name) => `${name}:${port}`)),
  )
  const { networks = [], volumes = [] } = services['prometheus'] ?? {}
  const { datasources } = await read<DataSourceFile>('grafana/datasources/prometheus.yaml')
  return [
    ...serviceKinds.flatMap((kind) => {
      const { environment, networks: its = [] } = services[kind] ?? {}
      return [
        ...(asked.includes(`${kind}:${environment?.['METRICS_PORT']}`) ? [] : [`nobody scrapes ${kind}`]),
        ...(networks.some((one) => its.includes(one)) ? [] : [`prometheus: cannot reach ${kind}`]),
      ]
    }),
    ...rule_files
      .filter((file) => !volumes.some((volume) => volume.includes(`:${file}:`)))
      .map((file) => `prometheus: has no ${file}`),
    ...(datasources.every(({ url }) => url === 'http://prometheus:9090') &&
    networks.some((one) => services['grafana']?.networks?.includes(one))
      ? []
      : ['grafana: cannot reach prometheus']),
  ]
}
