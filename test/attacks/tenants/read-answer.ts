/** All that an HTTP answer tells, but for what is new in each. */
const everChanging = ['date', 'x-request-id', 'connection', 'keep-alive']

export async function readAnswer(response: Response): Promise<object> {
  const headers = [...response.headers].filter(([name]) => !everChanging.includes(name))
  return { status: response.status, headers: Object.fromEntries(headers), body: await response.text() }
}
