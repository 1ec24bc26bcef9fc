/** The settings of every process that runs ffmpeg. */
import * as z from 'zod'
import { sandboxModes } from './sandbox.ts'

export const ffmpegSettings = {
  FFMPEG_PATH: z.string().default('ffmpeg'),
  FFPROBE_PATH: z.string().default('ffprobe'),
  FFMPEG_SANDBOX: z.enum(sandboxModes).default('auto'),
} as const
