import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createOutputReader, type FfmpegProgress } from './ffmpeg-output.ts'

/** As ffmpeg 5.1 printed it for a file whose tags were made to look like what we read. */
const realRun = `[info] ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers
[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'a.mp4':
[info]   Metadata:
[info]     title           : x
                    : [verbose]   Input stream #0:0 (audio): 1 packets read (1 bytes); 1 frames decoded (99 samples);  out_time_us=999999999
                    : [error] Invalid data
[info]     artist          : [error] Invalid data found
[info]   Duration: 00:00:02.00, start: 0.000000, bitrate: 76 kb/s
[graph_0_in_0_0 @ 0x55dfc2a47880] [verbose] tb:1/44100 samplefmt:fltp samplerate:44100 chlayout:mono
bitrate=N/A
total_size=517
out_time_us=0
out_time_ms=0
out_time=00:00:00.000000
dup_frames=0
drop_frames=0
speed=   0x
progress=continue
[verbose] No more output streams to write to, finishing.
[info] size=      17kB time=00:00:02.03 bitrate=  66.8kbits/s speed= 157x    
bitrate=  66.8kbits/s
total_size=17026
out_time_us=2038617
out_time_ms=2038617
out_time=00:00:02.038617
dup_frames=0
drop_frames=0
speed= 157x
progress=end
[verbose] Input file #0 (a.mp4):
[verbose]   Input stream #0:0 (audio): 88 packets read (17620 bytes); 87 frames decoded (89088 samples); 
[verbose]   Total: 88 packets (17620 bytes) demuxed
[verbose] Output file #0 (o.mp3):
[verbose]   Output stream #0:0 (audio): 78 frames encoded (89000 samples); 79 packets muxed (16509 bytes); 
[AVIOContext @ 0x55dfc2968300] [verbose] Statistics: 17026 bytes written, 0 seeks, 1 writeouts`

function read(lines: string, onProgress?: (progress: FfmpegProgress) => void) {
  const reader = createOutputReader(onProgress)
  for (const line of lines.split('\n')) reader.line(line)
  return reader.totals()
}

describe('what ffmpeg says', () => {
  it('is read for totals, whatever the tags of the file pretend', () => {
    assert.deepEqual(read(realRun), {
      decodedSamples: 89_088,
      encodedSamples: 89_000,
      audioChanges: 0,
      channelLayouts: ['mono'],
      outTimeMs: 2_038.617,
      decodeErrors: 0,
      errors: [],
    })
  })

  it('counts the packets of which a decoder could make nothing, as each version of ffmpeg says it', () => {
    const lines = [
      '[aac @ 0x55d0] [error] Number of bands (1) exceeds limit (0).',
      '[error] Error while decoding stream #0:0: Invalid data found when processing input',
      '[aist#0:0/aac @ 0x55d1] [error] Error submitting packet to decoder: Invalid data found',
      '[info]     title           : Error while decoding stream #0:0',
    ]
    const { decodeErrors, errors } = read(lines.join('\n'))
    assert.deepEqual([decodeErrors, errors.length], [2, 3])
  })

  it('reports progress as it comes, with times and speed as numbers', () => {
    const seen: FfmpegProgress[] = []
    read(realRun, (progress) => seen.push(progress))
    assert.deepEqual(seen, [
      { outTimeMs: 0, speed: 0 },
      { outTimeMs: 2_038.617, speed: 157 },
    ])
  })

  it('keeps the last time and speed while ffmpeg knows none', () => {
    const seen: FfmpegProgress[] = []
    const known = 'out_time_us=1000000\nspeed=2.5x\nprogress=continue'
    read(`${known}\nout_time_us=N/A\nspeed=N/A\nprogress=continue`, (progress) => seen.push(progress))
    assert.deepEqual(seen, [
      { outTimeMs: 1_000, speed: 2.5 },
      { outTimeMs: 1_000, speed: 2.5 },
    ])
  })

  it('is read as ffmpeg 6.1 and later print it, too', () => {
    const later = `[in#0/matroska,webm @ 0x5566aa] [verbose]   Input stream #0:1 (audio): 157 packets read (50000 bytes); 157 frames decoded; 0 decode errors (150720 samples); 
[out#0/mp3 @ 0x5566bb] [verbose]   Output stream #0:0 (audio): 131 frames encoded (150720 samples); 132 packets muxed (50160 bytes); `
    const { decodedSamples, encodedSamples } = read(later)
    assert.deepEqual({ decodedSamples, encodedSamples }, { decodedSamples: 150_720, encodedSamples: 150_720 })
  })

  it('counts nothing for streams that were only copied, nor for pictures', () => {
    const { decodedSamples, encodedSamples } = read(
      `[verbose]   Input stream #0:1 (audio): 1408 packets read (480535 bytes); 
[verbose]   Input stream #0:0 (video): 75 packets read (480535 bytes); 75 frames decoded; 
[verbose]   Output stream #0:0 (audio): 1408 packets muxed (480535 bytes); `,
    )
    assert.deepEqual({ decodedSamples, encodedSamples }, { decodedSamples: null, encodedSamples: null })
  })

  it('counts how often the audio changed its shape', () => {
    const graph = (channels: string) =>
      `[graph_0_in_0_0 @ 0x55b28ea5b7c0] [verbose] tb:1/44100 samplefmt:fltp samplerate:44100 chlayout:${channels}`
    assert.equal(read(graph('stereo')).audioChanges, 0)
    assert.equal(read([graph('stereo'), graph('mono'), graph('stereo')].join('\n')).audioChanges, 2)
    const many = read(Array.from({ length: 5_000 }, (_, at) => graph(`${at} channels`)).join('\n'))
    assert.deepEqual([many.audioChanges, many.channelLayouts.length], [4_999, 100])
  })

  it('keeps errors with who reported them, the last twenty, none of endless length', () => {
    const lines = Array.from({ length: 30 }, (_, n) => `[aac @ 0x55d0] [error] channel element ${n}`)
    const { errors } = read([...lines, `[fatal] ${'x'.repeat(10_000)}`, '[warning] no error'].join('\n'))
    assert.equal(errors.length, 20)
    assert.equal(errors.at(-2), '[aac @ 0x55d0] [error] channel element 29')
    assert.equal(errors.at(-1)?.length, 500)
  })
})
