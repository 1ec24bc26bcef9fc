/** The servers the test runner started, as every test finds them. */

/** @throws Error when the variable is missing: a test without its server fails, it never skips. */
export function testServer(
  variable: 'TEST_MONGODB_URL' | 'TEST_RABBITMQ_URL' | 'TEST_RABBITMQ_MANAGEMENT_URL',
): string {
  const url = process.env[variable]
  if (!url) throw new Error(`${variable} is not set: run this test through npm test`)
  return url
}
