/** What is promised of the service, and when a promise is being broken so fast that somebody must know (multi-window burn rates). */
import type { Rule, RuleGroup } from './rule.ts'

interface Objective {
  /** In the label `slo` of what is recorded of it. */
  readonly slo: string
  readonly alert: string
  /** Which share may miss. */
  readonly budget: number
  /** Which share missed within a window; nothing, where nothing came that could have. */
  readonly missed: (window: string) => string
  readonly summary: string
  /** A heading of docs/operating.md. */
  readonly runbook: string
}

/** Prometheus 3 reads a bound of 30 as 30.0. */
const slowerThan = (seconds: number, histogram: string) => (window: string) => {
  const bound = Number.isInteger(seconds) ? `le=~"${seconds}([.]0)?"` : `le="${seconds}"`
  return `1 - sum(rate(${histogram}_bucket{${bound}}[${window}])) / sum(rate(${histogram}_count[${window}]))`
}

/**
 * Attempts that failed by our fault, among these and those that succeeded: what the file itself is to blame for is in neither,
 * nor what a process gave back as it ended. Who lost its worker too often has no converter left that could count it.
 */
function failed(window: string): string {
  const ours = 'code=~"CONVERTER_FAILED|VERIFICATION_FAILED|CONVERSION_TIMED_OUT"'
  const byConverter = `sum(rate(earshot_converter_failures_total{${ours}}[${window}]))`
  const byLoss = `sum(rate(earshot_leases_evicted_total{status="FAILED"}[${window}]))`
  const bad = `((${byConverter} or vector(0)) + (${byLoss} or vector(0)))`
  const good = `(sum(rate(earshot_converter_jobs_total{outcome="succeed"}[${window}])) or vector(0))`
  return `${bad} / (${bad} + ${good})`
}

export const objectives: readonly Objective[] = [
  {
    slo: 'conversions succeed',
    alert: 'EarshotConversionsFail',
    budget: 0.005,
    missed: failed,
    summary: 'More than 0.5 % of conversions fail by our fault',
    runbook: 'conversions fail',
  },
  {
    slo: 'jobs start within 30 s',
    alert: 'EarshotQueueWaits',
    budget: 0.05,
    missed: slowerThan(30, 'earshot_converter_queue_wait_seconds'),
    summary: 'More than one in twenty jobs waits for longer than 30 s',
    runbook: 'jobs wait',
  },
  {
    slo: 'mails are accepted within 60 s',
    alert: 'EarshotMailsLate',
    budget: 0.05,
    missed: slowerThan(60, 'earshot_mail_ready_seconds'),
    summary: 'More than one in twenty mails about a conversion leaves later than 60 s after its end',
    runbook: 'mails are late',
  },
  {
    slo: 'operations are answered within 300 ms',
    alert: 'EarshotAnswersSlowly',
    budget: 0.05,
    missed: slowerThan(0.3, 'earshot_router_operation_seconds'),
    summary: 'More than one in twenty operations takes longer than 300 ms',
    runbook: 'answers are slow',
  },
]

interface BurnRate {
  readonly severity: 'page' | 'ticket'
  /** How many times the budget: in the long window, so that it was worth it, and in the short one, so that it is not over. */
  readonly times: number
  readonly short: string
  readonly long: string
}

/** Those of Google's workbook (The Site Reliability Workbook, chapter 5), for a budget of 30 days. */
const burnRates: readonly BurnRate[] = [
  { severity: 'page', times: 14.4, short: '5m', long: '1h' },
  { severity: 'page', times: 6, short: '30m', long: '6h' },
  { severity: 'ticket', times: 3, short: '2h', long: '1d' },
  { severity: 'ticket', times: 1, short: '6h', long: '3d' },
]

const windows = [...new Set(burnRates.flatMap(({ short, long }) => [short, long]))]

export const objectiveGroups: readonly RuleGroup[] = [
  {
    name: 'earshot.objectives',
    interval: '1m',
    rules: windows.flatMap((window) =>
      objectives.map(({ slo, missed }): Rule => {
        return { record: `earshot:missed:ratio_rate${window}`, labels: { slo }, expr: missed(window) }
      }),
    ),
  },
  {
    name: 'earshot.objectives.alerts',
    rules: objectives.flatMap((objective) => [alertOf(objective, 'page'), alertOf(objective, 'ticket')]),
  },
]

function alertOf({ slo, alert, budget, summary, runbook }: Objective, severity: BurnRate['severity']): Rule {
  const missed = (window: string, most: number) =>
    `earshot:missed:ratio_rate${window}{slo="${slo}"} > ${most}`
  const burns = burnRates
    .filter((rate) => rate.severity === severity)
    .map(({ times, short, long }) => {
      const most = Number((times * budget).toPrecision(3))
      return `(${missed(short, most)} and ${missed(long, most)})`
    })
  const speed = severity === 'page' ? 'fast' : 'slowly'
  return {
    alert,
    expr: burns.join(' or '),
    for: '2m',
    labels: { severity },
    annotations: {
      summary: `${summary}: the budget of 30 days burns ${speed}.`,
      runbook: `docs/operating.md, ${runbook}`,
    },
  }
}
