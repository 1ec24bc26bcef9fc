/** What only processes know: which version they are of, what confines ffmpeg, how many jobs they do at once, how their disks are. */
const answerWithinMs = 10_000

export interface ProcessStatus {
  readonly url: string
  /** Why it is not known; null where it is. */
  readonly problem: string | null
  readonly service: string | null
  readonly version: string | null
  /** The walls that stand around ffmpeg; `none` where there are none. */
  readonly sandbox: string | null
  readonly slots: number | null
  readonly running: number | null
  readonly diskFreeBytes: number | null
  /** In the last hour, or since it began. */
  readonly diskGrownBytes: number | null
}

export const readMetrics = (urls: readonly string[]): Promise<ProcessStatus[]> =>
  Promise.all(urls.map(readOne))

async function readOne(url: string): Promise<ProcessStatus> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs), redirect: 'error' })
    const text = await response.text()
    return statusOf(url, response.ok ? null : `it answers with ${response.status}`, response.ok ? text : '')
  } catch (error) {
    return statusOf(url, `it does not answer: ${error instanceof Error ? error.message : String(error)}`, '')
  }
}

const statusOf = (url: string, problem: string | null, text: string): ProcessStatus => ({
  url,
  problem,
  service: label(text, 'earshot_build_info', 'service'),
  version: label(text, 'earshot_build_info', 'version'),
  sandbox: label(text, 'earshot_ffmpeg_sandbox', 'walls'),
  slots: gauge(text, 'earshot_converter_slots'),
  running: gauge(text, 'earshot_converter_jobs_running'),
  diskFreeBytes: gauge(text, 'earshot_disk_free_bytes'),
  diskGrownBytes: gauge(text, 'earshot_disk_grown_bytes'),
})

/** Of the text format of Prometheus, a gauge without labels. */
function gauge(text: string, name: string): number | null {
  const found = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)
  return found === null ? null : Number(found[1])
}

/** Of the first sample of a metric. */
function label(text: string, name: string, wanted: string): string | null {
  return new RegExp(`^${name}\\{(?:.*,)?${wanted}="([^"]*)"`, 'm').exec(text)?.[1] ?? null
}
