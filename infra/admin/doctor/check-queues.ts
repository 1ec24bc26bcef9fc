/** How long conversions wait, and what was set aside. */
import { spanText } from '#infra/admin/terminal-text.ts'
import { failed, mind, well, type Finding } from './finding.ts'

const longMs = 5 * 60_000
const tooLongMs = 3_600_000

export function checkAge(
  oldest: { readonly id: string; readonly createdAt: Date } | null,
  now: Date,
): Finding {
  if (oldest === null) return well('no conversion waits')
  const ageMs = Math.max(0, now.getTime() - oldest.createdAt.getTime())
  const told = `the oldest conversion waits for ${spanText(ageMs)} (${oldest.id})`
  if (ageMs < longMs) return well(told)
  const advice =
    'see whether converters are ready and have free slots (admin status); more of them are needed, or none works'
  return ageMs < tooLongMs ? mind(told, advice) : failed(told, advice)
}

export function checkDeadLetters(counts: Readonly<Record<string, number>> | null): Finding[] {
  if (counts === null) return []
  const some = Object.entries(counts).filter(([, count]) => count > 0)
  if (some.length === 0) return [well('no message was set aside')]
  const told = some.map(([queue, count]) => `${count} of ${queue}`).join(', ')
  return [mind(`messages were set aside: ${told}`, 'look at them: admin dead-letters list')]
}
