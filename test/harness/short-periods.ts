/** Settings under which what waits for a period, such as the lease of a dead worker, waits for seconds: for tests of what comes after it. */
import type { TestSystemOptions } from './running-system.ts'

// Long enough for a machine on which all is ten times slower than it should be: a beat has 6 s to arrive.
const lease = { LEASE_MS: '9000' }
const sweeps = { SWEEP_EVERY_MS: '1000' }

export const shortPeriods: NonNullable<TestSystemOptions['serviceEnv']> = {
  media: { ...lease, ...sweeps },
  converter: lease,
  mailer: { ...sweeps, UNCONFIRMED_AFTER_MS: '15000' },
}
