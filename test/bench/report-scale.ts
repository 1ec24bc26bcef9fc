/** The figures of the scale bench: what one costs, and what many would need, each assumption beside its figure. */
import type { SubscriberCosts } from './cost-of-subscribers.ts'
import { bytesADay, coresAtPeak, watchersAtPeak, type Assumptions, type Cost } from './extrapolate.ts'
import { rounded, type Bench } from './measurement.ts'

type Add = Parameters<Bench>[0]

export interface Costs {
  /** CPU seconds, by process. */
  readonly cpu: ReadonlyMap<string, Cost>
  /** Bytes. */
  readonly written: ReadonlyMap<string, Cost>
  readonly kept: Cost
}

const assumptions: Assumptions = {
  conversionsADay: 1_000_000,
  minutes: 10,
  peak: 3,
  use: 0.6,
  watchedSeconds: 120,
  keptDays: 30,
}

export function reportConversion(add: Add, { cpu, written, kept }: Costs): void {
  const report = (metric: string, { each, perMinute }: Cost, unit: string, divisor = 1) => {
    add({ case: 'a conversion', metric, value: rounded(each / divisor), unit })
    add({ case: 'a minute of its audio', metric, value: rounded(perMinute / divisor), unit })
  }
  for (const [name, cost] of cpu) report(`CPU of ${name}`, cost, 's')
  for (const [name, cost] of written) report(`disk writes of ${name}`, cost, 'kB', 1000)
  report('kept', kept, 'kB', 1000)
}

export function reportSubscriber(add: Add, { memoryBytes, cores }: SubscriberCosts): void {
  for (const [name, bytes] of memoryBytes)
    add({ case: 'a subscriber', metric: `memory of ${name}`, value: rounded(bytes / 1000), unit: 'kB' })
  for (const [name, value] of cores)
    add({
      case: 'a subscriber',
      metric: `CPU of ${name}`,
      value: rounded(value * 1000),
      unit: 'cores / 1000',
    })
}

export function extrapolate(add: Add, costs: Costs, { memoryBytes, cores }: SubscriberCosts): void {
  const { conversionsADay, minutes, peak, use, watchedSeconds, keptDays } = assumptions
  const name = `${conversionsADay / 1e6} M conversions a day`
  const report = (metric: string, value: number, unit: string) =>
    add({ case: name, metric, value: rounded(value), unit })
  const busy = `cores: ${minutes} min of audio each, ${peak} × the average at the peak, cores used to ${use * 100} %`
  for (const [process, cost] of costs.cpu) report(`CPU of ${process}`, coresAtPeak(cost, assumptions), busy)
  for (const [process, cost] of costs.written)
    report(
      `disk writes of ${process}`,
      bytesADay(cost, assumptions) / 1e9,
      `GB a day: ${minutes} min each, one copy`,
    )
  const kept = bytesADay(costs.kept, assumptions) * keptDays
  report('kept', kept / 1e12, `TB: ${minutes} min at 192 kbit/s each, kept for ${keptDays} days, one copy`)
  const watchers = watchersAtPeak(assumptions)
  const watched = `each conversion is watched by one for ${watchedSeconds} s, ${peak} × the average at the peak`
  report('subscribers at once', watchers, watched)
  for (const process of ['router', 'media']) {
    report(
      `memory of ${process} for subscribers`,
      (watchers * memoryBytes.get(process)!) / 1e9,
      `GB: ${watched}`,
    )
    report(`CPU of ${process} for subscribers`, (watchers * cores.get(process)!) / use, `cores: ${watched}`)
  }
}
