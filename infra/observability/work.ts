/** Where the time of a conversion goes, how much flows, and what it takes. */
import type { Dashboard, Panel } from './dashboard.ts'

const p95 = (histogram: string, by: string, window = '10m') =>
  `histogram_quantile(0.95, sum by (le, ${by}) (rate(${histogram}_bucket[${window}])))`

/** By what the mean is told of. */
const mean = (histogram: string, by: string) =>
  `sum by (${by}) (rate(${histogram}_sum[10m])) / sum by (${by}) (rate(${histogram}_count[10m]))`

const course = (title: string, unit: Panel['unit'], queries: Panel['queries']): Panel => ({
  title,
  shows: 'course',
  ...(unit && { unit }),
  width: 8,
  queries,
})

export const work: Dashboard = {
  id: 'earshot-work',
  title: 'Earshot: where the time goes',
  description: 'Each phase of the work, what flows, and what it takes.',
  rows: [
    {
      height: 7,
      panels: [
        course('Time in the queue', 's', [
          {
            expr: 'histogram_quantile(0.95, sum by (le) (rate(earshot_converter_queue_wait_seconds_bucket[10m])))',
            legend: 'p95',
          },
        ]),
        course('From a conversion’s end to its accepted mail', 's', [
          {
            expr: 'histogram_quantile(0.95, sum by (le) (rate(earshot_mail_ready_seconds_bucket[10m])))',
            legend: 'p95',
          },
        ]),
        course('Phases of a conversion, p95', 's', [
          { expr: p95('earshot_converter_phase_seconds', 'phase'), legend: '{{phase}}' },
        ]),
        course('Phases of an upload’s examination, p95', 's', [
          { expr: p95('earshot_media_phase_seconds', 'phase'), legend: '{{phase}}' },
        ]),
      ].map((panel) => ({ ...panel, width: 6 })),
    },
    {
      height: 7,
      panels: [
        course('Times faster than the audio, mean by way of encoding', undefined, [
          { expr: mean('earshot_converter_encode_speed_ratio', 'path'), legend: '{{path}}' },
        ]),
        course('Attempts at a conversion', undefined, [
          {
            expr: 'sum(rate(earshot_converter_attempts_sum[10m])) / sum(rate(earshot_converter_attempts_count[10m]))',
            legend: 'mean',
          },
        ]),
        course('Leases lost, last hour', undefined, [
          {
            expr: 'sum by (cause) (increase(earshot_converter_leases_lost_total[1h]))',
            legend: 'by the converter: {{cause}}',
          },
          {
            expr: 'sum by (status) (increase(earshot_leases_evicted_total[1h]))',
            legend: 'taken away, then {{status}}',
          },
        ]),
      ],
    },
    {
      height: 7,
      panels: [
        course('Bytes', 'Bps', [
          { expr: 'sum(rate(earshot_media_received_bytes_total[5m]))', legend: 'received' },
          { expr: 'sum(rate(earshot_blob_written_bytes_total[5m]))', legend: 'stored' },
          { expr: 'sum(rate(earshot_converter_source_bytes_total[5m]))', legend: 'fetched by converters' },
        ]),
        course('Operations by outcome', 'reqps', [
          { expr: 'sum by (outcome) (rate(earshot_router_operations_total[5m]))', legend: '{{outcome}}' },
        ]),
        course('Answers, p95', 's', [
          { expr: p95('earshot_router_operation_seconds', 'type', '5m'), legend: '{{type}}' },
        ]),
      ],
    },
    {
      height: 7,
      panels: [
        course('Live streams', undefined, [
          { expr: 'sum(earshot_router_open_subscriptions)', legend: 'subscriptions' },
          { expr: 'sum(earshot_router_websockets)', legend: 'WebSockets' },
        ]),
        course('Cores used', undefined, [
          { expr: 'sum by (pod) (rate(process_cpu_seconds_total[5m]))', legend: '{{pod}}' },
        ]),
        course('Resident memory', 'bytes', [
          { expr: 'max by (pod) (process_resident_memory_bytes)', legend: '{{pod}}' },
        ]),
      ],
    },
  ],
}
