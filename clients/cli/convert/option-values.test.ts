import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { InvalidArgumentError } from 'commander'
import * as limits from '#schema/limits.ts'
import { amountIn, audioTrack, milliseconds, oneOf, tagList, wholeIn } from './option-values.ts'

describe('option values', () => {
  it('takes the bitrates and qualities there are, and no others', () => {
    const [bitrateKbps, quality] = [oneOf(limits.cbrBitratesKbps), wholeIn(limits.vbrQuality)]
    assert.equal(bitrateKbps('320'), 320)
    assert.equal(quality('0'), 0)
    for (const value of ['100', '-32', '128.0', '1e2', '0x80', '', ' 128'])
      assert.throws(() => bitrateKbps(value), InvalidArgumentError)
    for (const value of ['10', '-1', '', 'V2']) assert.throws(() => quality(value), InvalidArgumentError)
  })

  it('takes what an MP3 can be, and nothing else', () => {
    const [abrKbps, channelCount] = [wholeIn(limits.abrBitrateKbps), oneOf(limits.mp3ChannelCounts)]
    const [sampleRateHz, lufs] = [oneOf(limits.mp3SampleRatesHz), amountIn(limits.targetLufs, 'LUFS')]
    assert.equal(abrKbps('101'), 101)
    assert.equal(channelCount('2'), 2)
    assert.equal(sampleRateHz('44100'), 44_100)
    assert.equal(lufs('-16.5'), -16.5)
    for (const wrong of [
      () => abrKbps('7'),
      () => channelCount('3'),
      () => sampleRateHz('96000'),
      () => lufs('-4'),
      () => lufs('loud'),
    ])
      assert.throws(wrong, InvalidArgumentError)
  })

  it('takes times as people write them', () => {
    assert.deepEqual(['90', '1:30', '1:02:03.25', '0.001'].map(milliseconds), [90_000, 90_000, 3_723_250, 1])
    for (const wrong of ['', '-1', '1:', ':30', '1.2345', '1h'])
      assert.throws(() => milliseconds(wrong), InvalidArgumentError, wrong)
  })

  it('takes a track by number or language, and tags by repetition', () => {
    assert.deepEqual(audioTrack('1'), { index: 1 })
    assert.deepEqual(audioTrack('ENG'), { language: 'eng' })
    assert.throws(() => audioTrack('english'), InvalidArgumentError)
    assert.deepEqual(tagList('comment=a=b', tagList('title=')), [
      { key: 'title', value: '' },
      { key: 'comment', value: 'a=b' },
    ])
    assert.throws(() => tagList('title'), InvalidArgumentError)
  })

  it('takes pages of 1 to 100', () => {
    const pageSize = wholeIn(limits.pageSize)
    assert.deepEqual(['1', '100'].map(pageSize), [1, 100])
    for (const value of ['0', '101', 'all']) assert.throws(() => pageSize(value), InvalidArgumentError)
  })
})
