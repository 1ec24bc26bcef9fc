/** Puts together what makes an MP3, as every converter runs it. */
import type { DiskSpace } from '#runtime/disk-space.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { createPassThrough } from '#converter/attempts/passthrough/pass-through.ts'
import { createEncodeSingle } from '#converter/attempts/single/encode-single.ts'
import { createMeasureLoudness } from '#converter/loudness/measure-loudness.ts'
import { createMakeMp3, type MakeMp3 } from './make-mp3.ts'
import { createEncodeParallel } from '#converter/attempts/segments/encode-parallel.ts'
import { createProveMp3 } from '#converter/proof/prove-mp3.ts'

export const createMp3Maker = (runFfmpeg: RunFfmpeg, disk: DiskSpace): MakeMp3 =>
  createMakeMp3({
    runFfmpeg,
    encode: createEncodeParallel(runFfmpeg, createEncodeSingle(runFfmpeg)),
    proveMp3: createProveMp3(runFfmpeg),
    measureLoudness: createMeasureLoudness(runFfmpeg),
    passThrough: createPassThrough(runFfmpeg),
    disk,
  })
