/** Whether a subgraph is there at all, asked each time the router is asked whether it is ready. */

const patienceMs = 2_000

export function createReachabilityCheck(origin: string): () => Promise<boolean> {
  return async () => {
    const response = await fetch(`${origin}/health/live`, { signal: AbortSignal.timeout(patienceMs) })
    await response.body?.cancel()
    return response.ok
  }
}
