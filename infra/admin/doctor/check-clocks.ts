/** Whether the clocks of the others agree with this machine's: what one process signs for 30 s, another must find in time. */
import { messageOf, mind, failed, well, type Finding } from './finding.ts'

export interface Clock {
  readonly name: string
  /** Its time, and how far that may be off for how it was told. */
  read(): Promise<{ readonly at: Date; readonly withinMs: number }>
}

const answerWithinMs = 5_000
const tolerableMs = 5_000
/** Of the 30 s that a request between processes is valid. */
const fatalMs = 25_000

/** By the header of an HTTP answer, which has whole seconds. */
export const httpClock = (name: string, url: string): Clock => ({
  name,
  async read() {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs), redirect: 'manual' })
    await response.body?.cancel()
    const at = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(at)) throw new Error('it tells no time')
    return { at: new Date(at + 500), withinMs: 500 }
  },
})

export async function checkClock({ name, read }: Clock, now = Date.now): Promise<Finding> {
  const advice = 'let both machines follow a time server (chrony, systemd-timesyncd)'
  try {
    const sentAtMs = now()
    const { at, withinMs } = await read()
    const roundTripMs = now() - sentAtMs
    const apartMs = Math.abs(sentAtMs + roundTripMs / 2 - at.getTime()) - withinMs - roundTripMs / 2
    if (apartMs <= tolerableMs) return well(`${name} agrees with this machine`)
    const told = `${name} is ${Math.round(apartMs / 1000)} s from this machine`
    return apartMs > fatalMs
      ? failed(`${told}: processes so far apart refuse each other`, advice)
      : mind(told, advice)
  } catch (error) {
    return mind(`${name} was not compared: ${messageOf(error)}`, 'see whether it answers')
  }
}
