/** `npm run test:corpus [-- --long] [--json FILE] [FILE…]`: every group of files after another, and tables of what came of it. */
import { formatResults } from './group-table.ts'
import { runSuite } from '#test/harness/run-suite.ts'

await runSuite({
  name: 'corpus',
  directory: import.meta.dirname,
  format: formatResults,
  options: ['seed', 'count'],
})
