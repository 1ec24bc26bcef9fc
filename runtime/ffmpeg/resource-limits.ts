/** What one run of ffmpeg may use of the machine, by how long its source is. */

export interface ResourceLimits {
  /** Of all its threads together, in seconds. */
  readonly cpuSeconds: number
  /** Of each file it writes. */
  readonly fileBytes: number
}

/** 320 kbit/s are 40 bytes a millisecond; a WAVE of 8 channels at 192 kHz would be 6,144, and is not written. */
const outputBytesPerMs = 48

/**
 * A tenth of real time is far slower than any machine we run on, and a decoder may use two threads; the wall clock,
 * which the caller watches, comes first.
 */
export const limitsFor = (durationMs: number): ResourceLimits => ({
  cpuSeconds: Math.ceil((2 * wallLimitMs(durationMs)) / 1000),
  fileBytes: 16 * 1024 * 1024 + Math.ceil(durationMs * outputBytesPerMs),
})

/** Milliseconds after which a run is ended; as long as a timer can wait at most. */
export const wallLimitMs = (durationMs: number): number =>
  Math.min(Math.ceil(120_000 + durationMs * 10), 2 ** 31 - 1)

/** For runs that write nothing and only read, such as a probe. */
const readingOnly: ResourceLimits = { cpuSeconds: 1_200, fileBytes: 0 }

/** An encode with Debian's ffmpeg and its 200 libraries also works in half of it. */
export const addressSpaceBytes = 1024 ** 3
const openFiles = 64
/** An encode makes a few for each core. Kernels before 5.14 count them over all jobs of a user, whatever its namespaces. */
const threads = 512
/** Where all that the user runs on the machine counts, in other containers, too. */
const threadsOfUser = 8 * threads

/** prlimit(1)'s options. Beyond them the kernel ends the program, or refuses it memory. */
export const resourceLimits = (
  { cpuSeconds, fileBytes }: ResourceLimits = readingOnly,
  userIsItsOwn = true,
): string[] => [
  `--as=${addressSpaceBytes}`,
  `--cpu=${cpuSeconds}`,
  `--fsize=${fileBytes}`,
  `--nofile=${openFiles}`,
  `--nproc=${userIsItsOwn ? threads : threadsOfUser}`,
  '--core=0',
]
