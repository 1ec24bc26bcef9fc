import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createReportReader } from './loudness-report.ts'

/** As ffmpeg 5.1 printed it for half a second of a tone; its tags were made to look like what we read. */
const realRun = `[info]   Metadata:
[info]     title           : [ametadata@block @ 0x1] [info] lavfi.r128.M=-1.0
                    : [ametadata@block @ 0x1] [info] lavfi.r128.M=-2.0
[ebur128@loudness @ 0x55de12765f80] [verbose] t: 0.0999792  TARGET:-23 LUFS    M:-120.7 S:-120.7     I: -70.0 LUFS       LRA:   0.0 LU  FTPK: -28.1 dBFS  TPK: -28.1 dBFS
[ametadata@block @ 0x55de127654c0] [info] frame:0    pts:0       pts_time:0
[ametadata@block @ 0x55de127654c0] [info] lavfi.r128.M=-120.691
[ametadata@peak @ 0x55de12766d00] [info] frame:0    pts:0       pts_time:0
[ametadata@peak @ 0x55de12766d00] [info] lavfi.r128.true_peak=0.040
[ametadata@block @ 0x55de127654c0] [info] lavfi.r128.M=-120.691
[ametadata@block @ 0x55de127654c0] [info] lavfi.r128.M=-120.691
[ametadata@block @ 0x55de127654c0] [info] lavfi.r128.M=-31.068
[ametadata@block @ 0x55de127654c0] [info] lavfi.r128.M=-31.067
[ametadata@peak @ 0x55de12766d00] [info] lavfi.r128.true_peak=0.891
[ebur128@loudness @ 0x55de12765f80] [info] Summary:

  Integrated loudness:
    I:         -31.1 LUFS
    Threshold: -41.1 LUFS

  True peak:
    Peak:      PEAK dBFS`

function read(lines: string, stepsLeftOut = 0) {
  const reader = createReportReader(stepsLeftOut)
  for (const line of lines.split('\n')) reader.line(line)
  return reader.report()
}

describe('what the meter printed', () => {
  it('is read for the blocks, whatever the tags of the file pretend', () => {
    assert.deepEqual(read(realRun).blocksLufs, [-31.068, -31.067])
  })

  it('is read without the steps that only warm up', () => {
    assert.deepEqual(read(realRun, 4).blocksLufs, [-31.067])
  })

  it('gives the true peak as finely as it is known', () => {
    const peak = (summary: string) => read(realRun.replace('PEAK', summary)).truePeakDbtp
    assert.equal(peak('-1.0'), 20 * Math.log10(0.891))
    assert.equal(peak('0.3'), 0.3, 'the last fraction of a step was louder')
    const quiet = realRun.replace('PEAK', '-63.2').replaceAll(/peak=0\.\d+/g, 'peak=0.001')
    assert.equal(read(quiet).truePeakDbtp, -63.2)
  })

  it('knows no true peak of silence, nor where it was not asked for', () => {
    const silent = realRun.replace('PEAK', '-inf').replaceAll(/peak=0\.\d+/g, 'peak=0.000')
    assert.equal(read(silent).truePeakDbtp, null)
    const unasked = realRun.replaceAll(/.*(PEAK|@peak).*\n?/g, '')
    assert.equal(read(unasked).truePeakDbtp, null)
  })
})
