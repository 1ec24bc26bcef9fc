/** What only processes know: how many jobs they do at once, and how much their disks still hold. */
const answerWithinMs = 3_000

export interface ProcessStatus {
  readonly url: string
  /** Why it is not known; null where it is. */
  readonly problem: string | null
  readonly slots: number | null
  readonly running: number | null
  readonly diskFreeBytes: number | null
}

export const readMetrics = (urls: readonly string[]): Promise<ProcessStatus[]> =>
  Promise.all(urls.map(readOne))

async function readOne(url: string): Promise<ProcessStatus> {
  const unknown = { url, slots: null, running: null, diskFreeBytes: null }
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs), redirect: 'error' })
    const text = await response.text()
    if (!response.ok) return { ...unknown, problem: `it answers with ${response.status}` }
    const slots = gauge(text, 'earshot_converter_slots')
    const running = gauge(text, 'earshot_converter_jobs_running')
    return { url, problem: null, slots, running, diskFreeBytes: gauge(text, 'earshot_disk_free_bytes') }
  } catch (error) {
    return {
      ...unknown,
      problem: `it does not answer: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

/** Of the text format of Prometheus, a gauge without labels. */
function gauge(text: string, name: string): number | null {
  const found = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)
  return found === null ? null : Number(found[1])
}
