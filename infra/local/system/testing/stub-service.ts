/** Stands in for a service: is ready at once, says which ANSWER it was given, and dies at once when told to by DIE. */
import { createServer } from 'node:http'

const { METRICS_PORT, ANSWER, DIE } = process.env
if (DIE !== undefined) {
  process.stderr.write(`${DIE}\n`)
  process.exit(3)
}
const server = createServer((_request, response) => response.end(ANSWER))
server.listen(Number(METRICS_PORT), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
