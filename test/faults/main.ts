/** `npm run test:faults [-- --long] [--json FILE] [FILE…]`: every scenario after another, and a table of what came of it. */
import { formatResults } from './scenario-table.ts'
import { runSuite } from '#test/harness/run-suite.ts'

await runSuite({ name: 'faults', directory: import.meta.dirname, format: formatResults })
