import assert from 'node:assert/strict'
import { Command } from 'commander'
import { describe, it } from 'node:test'
import { UsageError } from '#cli/cli-error.ts'
import { addAudioOptions, validateAudioOptions, outputOf, type AudioOptions } from './audio-options.ts'

const parsed = (...args: string[]): AudioOptions =>
  addAudioOptions(new Command().exitOverride().configureOutput({ writeErr() {} }))
    .parse(args, { from: 'user' })
    .opts()

describe('what an MP3 is to be like, on the command line', () => {
  it('is left to the server where nothing is said', () => assert.deepEqual(outputOf(parsed()), {}))

  it('is asked for by what was chosen', () => {
    assert.deepEqual(outputOf(parsed('-b', '128')), { bitrateMode: 'CBR', bitrateKbps: 128 })
    assert.deepEqual(outputOf(parsed('--vbr', '0')), { bitrateMode: 'VBR', vbrQuality: 0 })
    assert.deepEqual(outputOf(parsed('--abr', '100')), { bitrateMode: 'ABR', bitrateKbps: 100 })
    const inTime = ['--from', '1:30', '--to', '2:00', '--fade-in', '0.5']
    const ofTrack = ['--track', 'eng', '--channels', '1', '--sample-rate', '22050']
    const asMp3 = ['--encoder-quality', '2', '--loudness', '-16', '--split-by-chapters']
    assert.deepEqual(outputOf(parsed(...inTime, ...ofTrack, ...asMp3)), {
      trim: { startMs: 90_000, endMs: 120_000 },
      fadeInMs: 500,
      audioTrack: { language: 'eng' },
      channels: 1,
      sampleRateHz: 22_050,
      encoderQuality: 2,
      loudness: { targetLufs: -16 },
      splitByChapters: true,
    })
  })

  it('has the tags, the cover and the chapters that were chosen', () => {
    assert.deepEqual(outputOf(parsed('-t', 'title=Talk')), {
      tags: { keep: true, set: [{ key: 'title', value: 'Talk' }] },
    })
    assert.deepEqual(outputOf(parsed('--no-tags', '--no-cover', '--no-chapters')), {
      tags: { keep: false, set: [] },
      cover: { from: 'NONE' },
      chapters: { from: 'NONE' },
    })
    const { cover } = parsed('--cover', 'face.jpg')
    assert.equal(cover, 'face.jpg')
    assert.deepEqual(outputOf(parsed('--cover', 'face.jpg'), 'upload-1'), {
      cover: { from: 'UPLOAD', uploadId: 'upload-1' },
    })
  })

  it('makes sense, or is refused before anything is sent', () => {
    for (const args of [
      ['--from', '90', '--to', '60'],
      ['--to', '0'],
      ['--max-true-peak', '-1'],
      ['--split-by-chapters', '--from', '5'],
      ['--split-by-chapters', '--no-chapters'],
    ])
      assert.throws(() => validateAudioOptions(parsed(...args)), UsageError, args.join(' '))
    for (const args of [
      ['--from', '5'],
      ['--loudness', '-16', '--max-true-peak', '-1'],
      ['--split-by-chapters'],
    ])
      validateAudioOptions(parsed(...args))
  })

  it('cannot have two kinds of bitrate', () => {
    for (const args of [
      ['-b', '128', '--vbr', '2'],
      ['--abr', '100', '-b', '128'],
      ['--abr', '100', '--vbr', '2'],
    ])
      assert.throws(() => parsed(...args), /cannot be used with option/)
  })
})
