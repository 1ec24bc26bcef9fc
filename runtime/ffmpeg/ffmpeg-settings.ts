/** The settings of every process that runs ffmpeg. */
import * as z from 'zod'
import { sandboxModes, type SandboxMode } from './sandbox.ts'

export const ffmpegSettings = {
  FFMPEG_PATH: z.string().default('ffmpeg'),
  FFPROBE_PATH: z.string().default('ffprobe'),
  FFMPEG_SANDBOX: z.enum(sandboxModes).optional(),
} as const

/** Outside development a weaker sandbox is one that somebody asked for by its name. */
export const sandboxModeOf = (settings: {
  readonly NODE_ENV: string
  readonly FFMPEG_SANDBOX?: SandboxMode | undefined
}): SandboxMode => settings.FFMPEG_SANDBOX ?? (settings.NODE_ENV === 'development' ? 'weak' : 'required')
