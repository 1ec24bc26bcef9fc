/**
 * Loaded into the process of each test file (see test-files.ts): ends it when its time is over. node:test fails a test that
 * takes too long, and then waits for ever for what that test has left open.
 */
const lingerMs = 10_000

/** Of one test. A file has twice as much for all of its own; a test that takes too long is to fail with its own words first. */
const timeoutMs = Number(new URL(import.meta.url).searchParams.get('timeoutMs'))
setTimeout(
  () => {
    process.stderr.write(
      `${process.argv[1]} did not end: something it started or waits for is still there.\n`,
    )
    process.exit(1)
  },
  2 * timeoutMs + lingerMs,
).unref()
