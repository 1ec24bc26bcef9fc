/** How far a file's audio may end from where its header says. */

/** How far the last packet may be from the promised end. Measured on truncated files: 0.5 s or 2 %, whichever is more. */
export const durationToleranceMs = (durationMs: number): number => Math.max(500, durationMs * 0.02)
