/**
 * How much memory each process may have resident: the one statement of it. Floods are asserted against these (test/attacks),
 * and `npm run check:infra` holds the container of each to what they add up to.
 */
import type { ServiceKind } from '#infra/local/system/services.ts'
import { addressSpaceBytes } from '#runtime/ffmpeg/resource-limits.ts'

export interface MemoryLimit {
  /** Of the process itself, in MiB. */
  readonly processMb: number
  /** Of its V8 heap's old generation, in MiB: otherwise V8 lets it grow by what the machine has. */
  readonly heapMb: number
  /**
   * Of each half of the heap's young generation, for which V8 would take 64. Buffers that are passed on die young, and lie outside the heap: a generation
   * that stays small is collected often, and frees them early.
   */
  readonly youngMb: number
  /** Whether strangers' bytes come through it in large pieces. */
  readonly passesBytes: boolean
  /** Of all runs of ffmpeg and ffprobe together that it has started, on a machine of two cores; 0 where it starts none. */
  readonly programsMb: number
  /** How many runs its container has memory for: as many at once as it has cores. */
  readonly programs: number
  /** What the kernel holds for it, which a container counts: buffers of connections, and pages of files on their way to disk. */
  readonly kernelMb: number
}

export const memoryLimits: Readonly<Record<ServiceKind, MemoryLimit>> = {
  auth: {
    processMb: 512,
    heapMb: 256,
    youngMb: 16,
    passesBytes: false,
    programsMb: 0,
    programs: 0,
    kernelMb: 64,
  },
  media: {
    processMb: 768,
    heapMb: 384,
    youngMb: 16,
    passesBytes: true,
    programsMb: 512,
    programs: 2,
    kernelMb: 256,
  },
  converter: {
    processMb: 512,
    heapMb: 384,
    youngMb: 16,
    passesBytes: false,
    programsMb: 1_024,
    programs: 2,
    kernelMb: 512,
  },
  mailer: {
    processMb: 384,
    heapMb: 192,
    youngMb: 16,
    passesBytes: false,
    programsMb: 0,
    programs: 0,
    kernelMb: 64,
  },
  router: {
    processMb: 1_024,
    heapMb: 512,
    youngMb: 2,
    passesBytes: true,
    programsMb: 0,
    programs: 0,
    kernelMb: 256,
  },
}

/** In MiB. A hostile file may take a run to all that it may have at most, and a container that is full ends as a whole. */
export function containerMb(kind: ServiceKind): number {
  const { processMb, programs, kernelMb } = memoryLimits[kind]
  return processMb + (programs * addressSpaceBytes) / 1024 ** 2 + kernelMb
}

/** In MiB: of a check of health that runs within a process's container, as Docker's do, beside it. */
export const healthCheckMb = 64

/**
 * What glibc gives back to the kernel. Unless told otherwise it raises its own thresholds after the first large buffers, and
 * keeps what many of them took for as long as the process lives: under large bodies that do not end the router had 1,119 MiB,
 * and has 607 with these (`npm run test:attacks`).
 */
const malloc = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '32768',
  MALLOC_TRIM_THRESHOLD_: '131072',
}

/** Environment of a process, wherever it is started: V8 and glibc read it at their start, and never again. */
export function memoryEnvironmentOf(kind: ServiceKind): Readonly<Record<string, string>> {
  const { heapMb, youngMb, passesBytes } = memoryLimits[kind]
  const heap = { NODE_OPTIONS: `--max-old-space-size=${heapMb} --max-semi-space-size=${youngMb}` }
  return passesBytes ? { ...heap, ...malloc } : heap
}
