/** Puts together what makes an MP3, as every converter runs it. */
import type { DiskSpace } from '#runtime/disk-space.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { createCopyMp3 } from '#converter/attempts/copy/copy-mp3.ts'
import { createEncode } from '#converter/attempts/single/encode.ts'
import { createMeasureLoudness } from '#converter/loudness/measure-loudness.ts'
import { createMakeMp3, type MakeMp3 } from './make-mp3.ts'
import { createEncodeParallel } from '#converter/attempts/segments/encode-parallel.ts'
import { createVerifyMp3 } from '#converter/proof/verify-mp3.ts'

export const createMp3Maker = (runFfmpeg: RunFfmpeg, disk: DiskSpace): MakeMp3 =>
  createMakeMp3({
    runFfmpeg,
    encode: createEncodeParallel(runFfmpeg, createEncode(runFfmpeg)),
    verifyMp3: createVerifyMp3(runFfmpeg),
    measureLoudness: createMeasureLoudness(runFfmpeg),
    copyMp3: createCopyMp3(runFfmpeg),
    disk,
  })
