/** Every process that is named by its metrics: whether it is ready, whether its disk has room, and whether versions differ. */
import type { ProcessStatus } from '#infra/admin/read-metrics.ts'
import { bytesText } from '#infra/admin/terminal-text.ts'
import { failed, messageOf, mind, well, type Finding } from './finding.ts'

const answerWithinMs = 5_000
/** The alert's. */
const leastFreeBytes = 2e9

export async function checkReadiness({ url, service }: ProcessStatus): Promise<Finding> {
  const name = `${service ?? 'the process'} at ${url}`
  try {
    const response = await fetch(new URL('/health/ready', url), {
      signal: AbortSignal.timeout(answerWithinMs),
      redirect: 'error',
    })
    if (response.ok) return well(`${name} is ready`)
    const report = (await response.json()) as { status?: string; waitingFor?: readonly string[] }
    const waits = report.waitingFor?.join(', ')
    return failed(
      `${name} is ${report.status}${waits ? `: it waits for ${waits}` : ''}`,
      'look at that, then at its log at level warn and error',
    )
  } catch (error) {
    return failed(`${name} does not answer: ${messageOf(error)}`, 'start it, or name another by --metrics')
  }
}

export function checkVersions(processes: readonly ProcessStatus[]): Finding[] {
  const versions = [...new Set(processes.flatMap(({ version }) => version ?? []))]
  if (versions.length === 0) return []
  if (versions.length === 1) return [well(`all are of version ${versions[0]}`)]
  return [
    mind(
      `there are several: ${versions.join(', ')}`,
      'finish the update, if none is under way (admin status)',
    ),
  ]
}

export const checkDisks = (processes: readonly ProcessStatus[]): Finding[] =>
  processes.flatMap(({ url, service, diskFreeBytes, diskGrownBytes }) => {
    if (diskFreeBytes === null) return []
    const told = `${service} at ${url} has ${bytesText(diskFreeBytes)} free`
    if (diskFreeBytes < leastFreeBytes)
      return failed(told, 'enlarge it, or add a replica: soon nothing is begun there')
    const hours = diskGrownBytes !== null && diskGrownBytes > 0 ? diskFreeBytes / diskGrownBytes : Infinity
    return hours < 24
      ? mind(
          `${told}, for ${Math.floor(hours)} hours at the pace of the last one`,
          'enlarge it, or add a replica',
        )
      : well(told)
  })
