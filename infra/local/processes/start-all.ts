/** Starts independent things side by side; when one fails, the others are given up and taken down again. */
import { runTogether } from '#runtime/process/run-together.ts'

/** @returns what has started, which is the caller's to stop. @throws the first failure, or the signal's reason. */
export async function startAll<Started extends readonly AsyncDisposable[]>(
  starters: { readonly [Index in keyof Started]: (signal: AbortSignal) => Promise<Started[Index]> },
  signal: AbortSignal = new AbortController().signal,
): Promise<Started> {
  const started: AsyncDisposable[] = []
  const startOne = async (start: (signal: AbortSignal) => Promise<AsyncDisposable>, either: AbortSignal) => {
    const one = await start(either)
    started.push(one)
    return one
  }
  try {
    return (await runTogether(starters, (start, _, either) => startOne(start, either), signal)) as never
  } catch (error) {
    await Promise.all(started.map((one) => one[Symbol.asyncDispose]()))
    throw error
  }
}
