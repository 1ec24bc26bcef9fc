/** Learns how far a limiter is to be driven, as it takes back a part of the loudness that a gain gives. */

/**
 * What a gain before a limiter gave, both from the limiter's ceiling: moved along with the gain, it makes the same audio, only
 * quieter or louder. So what is learnt at one ceiling holds at another.
 */
export interface Driven {
  readonly driveDb: number
  readonly lufs: number
}

const mostStepDb = 6

/** How much louder limited audio becomes for each decibel of drive, as long as it was not seen. */
const usualSlope = 0.8
/** Below it, more gain only extracts what lies between the peaks: the target is out of reach. */
const leastSlope = 0.15

/** @param wantedLu How much louder the audio is to be, at the same ceiling. */
export function nextDrive(now: Driven, before: Driven | null, wantedLu: number, mostDriveDb: number) {
  const slope = slopeOf(now, before)
  const inVain = slope !== null && slope < leastSlope && wantedLu > 0
  const most = inVain ? Math.min(now.driveDb, before!.driveDb) : mostDriveDb
  const step = wantedLu / Math.min(1, Math.max(slope ?? usualSlope, 2 * leastSlope))
  const stepped = now.driveDb + Math.max(-mostStepDb, Math.min(mostStepDb, step))
  return { driveDb: Math.min(most, stepped), mostDriveDb: most }
}

/** LU a decibel of drive; null where the two tell nothing. */
function slopeOf(now: Driven, before: Driven | null): number | null {
  if (before === null || Math.abs(now.driveDb - before.driveDb) < 0.5) return null
  return (now.lufs - before.lufs) / (now.driveDb - before.driveDb)
}
