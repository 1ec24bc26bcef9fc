/** Runs two pieces of work at once. */

/** Where one fails, the other is told to end, and has ended before that is told: what it uses is not taken from under it. */
export async function sideBySide<One, Other>(
  signal: AbortSignal,
  one: (signal: AbortSignal) => Promise<One>,
  other: (signal: AbortSignal) => Promise<Other>,
): Promise<[One, Other]> {
  const failing = new AbortController()
  const either = AbortSignal.any([signal, failing.signal])
  const running = [one(either), other(either)] as const
  try {
    return await Promise.all(running)
  } catch (error) {
    failing.abort(error)
    await Promise.allSettled(running)
    throw error
  }
}
