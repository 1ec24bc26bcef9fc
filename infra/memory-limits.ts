/**
 * How much memory each process may have resident: the one statement of it. Floods are asserted against these (test/attacks),
 * and a container gets the sum of both numbers.
 */
import type { ServiceKind } from '#infra/local/system/services.ts'

export interface MemoryLimit {
  /** Of the process itself, in MiB. */
  readonly processMb: number
  /** Of all runs of ffmpeg and ffprobe together that it has started, on a machine of two cores; 0 where it starts none. */
  readonly programsMb: number
}

export const memoryLimits: Readonly<Record<ServiceKind, MemoryLimit>> = {
  auth: { processMb: 512, programsMb: 0 },
  media: { processMb: 768, programsMb: 512 },
  converter: { processMb: 512, programsMb: 1_024 },
  mailer: { processMb: 384, programsMb: 0 },
  router: { processMb: 1_536, programsMb: 0 },
}
