/** Starts independent things side by side; when one fails, the others are given up and taken down again. */
export async function startAll<Started extends readonly AsyncDisposable[]>(
  starters: { readonly [Index in keyof Started]: (signal: AbortSignal) => Promise<Started[Index]> },
  signal: AbortSignal | undefined,
): Promise<Started> {
  const failure = new AbortController()
  const either = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal])
  const outcomes = await Promise.allSettled(
    starters.map(async (start) => {
      try {
        return await start(either)
      } catch (error) {
        failure.abort(error)
        throw error
      }
    }),
  )
  if (!either.aborted)
    return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<AsyncDisposable>).value) as never
  const started = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  await Promise.all(started.map((outcome) => outcome.value[Symbol.asyncDispose]()))
  throw either.reason
}
