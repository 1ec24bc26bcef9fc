/** Whether a subgraph is there at all, asked each time the router is asked whether it is ready. */

const patienceMs = 2_000

export function createReachabilityCheck(origin: string): () => Promise<boolean> {
  return async () => {
    // Its health is on a port that the router does not know. Any answer, NOT_FOUND too, tells that it is there.
    const response = await fetch(origin, { method: 'HEAD', signal: AbortSignal.timeout(patienceMs) })
    return response.status < 500
  }
}
