import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outputOptionsOf } from './output-options.ts'

describe('output options', () => {
  it('are CBR at 192 kbit/s when nothing is said', () =>
    assert.deepEqual(outputOptionsOf({}), { bitrateMode: 'CBR', bitrateKbps: 192 }))
  it('take every bitrate of layer III and no other', () => {
    assert.deepEqual(outputOptionsOf({ bitrateKbps: 320 }), { bitrateMode: 'CBR', bitrateKbps: 320 })
    for (const bitrateKbps of [0, -128, 31, 100, 321])
      assert.throws(() => outputOptionsOf({ bitrateKbps }), { code: 'BAD_USER_INPUT' })
  })
  it('take VBR qualities from 0 to 9, 2 unless said', () => {
    assert.deepEqual(outputOptionsOf({ bitrateMode: 'VBR' }), { bitrateMode: 'VBR', vbrQuality: 2 })
    assert.deepEqual(outputOptionsOf({ bitrateMode: 'VBR', vbrQuality: 0 }), {
      bitrateMode: 'VBR',
      vbrQuality: 0,
    })
    for (const vbrQuality of [-1, 10])
      assert.throws(() => outputOptionsOf({ bitrateMode: 'VBR', vbrQuality }), { code: 'BAD_USER_INPUT' })
  })
  it('refuse what belongs to the other mode', () => {
    assert.throws(() => outputOptionsOf({ bitrateMode: 'VBR', bitrateKbps: 128 }), { code: 'BAD_USER_INPUT' })
    assert.throws(() => outputOptionsOf({ vbrQuality: 2 }), { code: 'BAD_USER_INPUT' })
  })
})
