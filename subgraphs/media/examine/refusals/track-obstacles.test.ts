import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { obstacleOf, unknownAac } from './track-obstacles.ts'

const obstacle = (stream: Partial<Parameters<typeof obstacleOf>[0]>) => {
  const found = obstacleOf({ codec_name: 'aac', tags: {}, ...stream })
  return found && `${found.code}: ${found.message}`
}

describe('an audio track', () => {
  it('has no obstacle where its codec is decoded', () => {
    assert.equal(obstacle({}), null)
    assert.equal(obstacle({ codec_name: 'flac', bits_per_raw_sample: 24 }), null)
    assert.equal(obstacle({ codec_name: 'dts', codec_tag_string: 'mp4a' }), null)
  })

  it('is protected where its sample entry or its encoding says so, whatever its codec is', () => {
    for (const codec_tag_string of ['drms', 'aavd', 'enca'])
      assert.match(obstacle({ codec_tag_string }) ?? '', /^PROTECTED: /)
    assert.match(obstacle({ codec_name: 'opus', tags: { enc_key_id: 'MDEy' } }) ?? '', /^PROTECTED: /)
  })

  it('is called by the name of its codec where that is not decoded', () => {
    const unknown = 'unknown'
    for (const [stream, says] of [
      [
        { codec_name: 'tta', codec_long_name: 'TTA (True Audio)' },
        'TTA (True Audio), which we do not decode.',
      ],
      [{ codec_name: unknown, codec_tag_string: 'ac-4' }, 'Dolby AC-4, which we do not decode.'],
      [{ codec_name: unknown, codec_tag_string: 'Xabc' }, 'of the kind "Xabc", which we do not decode.'],
      [
        { codec_name: unknown, codec_tag_string: '[0][0][1][0]' },
        'of an unknown kind, which we do not decode.',
      ],
      [
        { codec_name: 'flac', bits_per_raw_sample: 32 },
        'FLAC with 32 bits a sample, and 24 are the most that we decode.',
      ],
    ] as const)
      assert.equal(obstacle(stream), `UNSUPPORTED_CODEC: The audio is ${says}`)
  })

  it('is of a rare form of AAC where the decoder says nothing else, and not where it is damaged', () => {
    const rare =
      '[aac @ 0x55] [warning] Gain control is not implemented. Update your FFmpeg version to the newest one.'
    const wrong = '[aac @ 0x55] [error] channel element 3.7 is not allocated'
    const help = '[aac @ 0x55] [warning] If you want to help, upload a sample of this file.'
    assert.match(unknownAac([rare, help, rare].join('\n'))?.message ?? '', /a rare form of AAC/)
    assert.equal(unknownAac([wrong, rare, help].join('\n')), null)
    assert.equal(unknownAac('[mp3 @ 0x55] [error] Header missing'), null)
  })
})
