/** Waits for the start of a server of somebody else's: until it answers, or ends instead. */
import { waitUntil, type WaitOptions } from '#runtime/process/wait-until.ts'
import type { OwnedProcess } from './owned-process.ts'

/** @throws Error at once when the process ends, with where its log is. */
export async function untilAnswers(
  server: OwnedProcess,
  title: string,
  answers: () => Promise<boolean>,
  options: WaitOptions,
): Promise<void> {
  const ended = server.exited.then(({ code }) => {
    throw new Error(`${title} ended at once with code ${code}: see ${server.logFile}`)
  })
  await Promise.race([waitUntil(`${title} answers`, answers, options), ended])
}
