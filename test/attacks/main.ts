/** `npm run test:attacks [-- --long] [--json FILE] [FILE…]`: every attack after another, and a table of what came of it. */
import { formatResults } from './attack-table.ts'
import { runSuite } from '#test/harness/run-suite.ts'

await runSuite({ name: 'attacks', directory: import.meta.dirname, format: formatResults })
