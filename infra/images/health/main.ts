/** `node main.ts [live|ready]` in a container: ends with 0 where its process says that it is ready. Needs no shell. */
const [question = 'ready'] = process.argv.slice(2)
const origin = `http://127.0.0.1:${process.env['METRICS_PORT']}`
try {
  const response = await fetch(`${origin}/health/${question}`, { signal: AbortSignal.timeout(4_000) })
  process.stdout.write(`${await response.text()}\n`)
  process.exitCode = response.ok ? 0 : 1
} catch (error) {
  process.stdout.write(`no answer: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
