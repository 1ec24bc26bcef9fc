/** Has ffmpeg's ebur128 filter print the loudness of every gating block and the true peak, and reads what it printed. */
import { blockSteps } from './gating.ts'

/**
 * To stand last: what the filters before them give is measured as it is. Weighting filter and blocks are those of BS.1770-4, a
 * mono audio is one channel (not the same from two loudspeakers), the true peak is read at 192 kHz (annex 2).
 */
export function meteringFilters(truePeak: boolean): string[] {
  return [
    `ebur128@loudness=metadata=1:peak=${truePeak ? 'true' : 'none'}`,
    'ametadata@block=mode=print:key=lavfi.r128.M',
    ...(truePeak ? ['ametadata@peak=mode=print:key=lavfi.r128.true_peak'] : []),
  ]
}

export interface LoudnessReport {
  readonly blocksLufs: readonly number[]
  /** dBTP; null where it was not asked for, and for digital silence. */
  readonly truePeakDbtp: number | null
}

/** Anchored to our own filters' names: a tag of the file may hold anything. */
const blockLine = /^\[ametadata@block @ [^\]]*\] \[info\] lavfi\.r128\.M=(\S+)$/
const peakLine = /^\[ametadata@peak @ [^\]]*\] \[info\] lavfi\.r128\.true_peak=(\S+)$/
/** Of the closing summary, which alone has heard the last fraction of a step. */
const summaryLine = /^ {4}Peak: +(\S+) dBFS$/

/** Half a digit more than its printed value a number may have. */
const summaryDigitsDb = 0.051

/** ffmpeg prints a value after every step, also while the first block is not yet full. */
const stepsBeforeFirstBlock = blockSteps - 1

/** @param stepsLeftOut How many of the first steps are there for the ones that follow, and not to be measured. */
export function createReportReader(stepsLeftOut: number): {
  line(line: string): void
  report(): LoudnessReport
} {
  const blocksLufs: number[] = []
  let step = 0
  let amplitude = 0
  let summaryDb = Number.NEGATIVE_INFINITY

  return {
    line(raw) {
      const line = raw.trimEnd()
      const block = blockLine.exec(line)
      if (block) {
        if (step >= Math.max(stepsBeforeFirstBlock, stepsLeftOut)) blocksLufs.push(Number(block[1]))
        step++
        return
      }
      const peak = peakLine.exec(line)
      if (peak) amplitude = Math.max(amplitude, Number(peak[1]) || 0)
      const summary = summaryLine.exec(line)
      if (summary) summaryDb = Number(summary[1])
    },
    report: () => ({ blocksLufs, truePeakDbtp: truePeakOf(amplitude, summaryDb) }),
  }
}

/** Amplitudes have three decimals, which is fine near full scale and coarse far below; the summary has tenths of a decibel. */
function truePeakOf(amplitude: number, summaryDb: number): number | null {
  const fineDb = 20 * Math.log10(amplitude)
  const peakDb = Math.abs(fineDb - summaryDb) <= summaryDigitsDb ? fineDb : summaryDb
  return Number.isFinite(peakDb) ? peakDb : null
}
