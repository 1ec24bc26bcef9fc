import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ffmpeg, ffprobePath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createProbe } from './probe.ts'

let directory: TemporaryDirectory
before(async () => void (directory = await createTemporaryDirectory()))
after(() => directory[Symbol.asyncDispose]())

const tone = ['-f', 'lavfi', '-i', 'sine=d=1']

async function tracksOf(name: string, ...options: readonly string[]) {
  const path = join(directory.path, name)
  await ffmpeg(...tone, ...options, path)
  const { audioTracks } = await createProbe(ffprobePath)(path, new AbortController().signal)
  return audioTracks
}

describe('the part a track plays', () => {
  const three = ['-map', '0', '-map', '0', '-map', '0', '-c:a', 'aac']

  it('is read of Matroska’s flags', async () => {
    const flags = ['comment', 'default+original', 'visual_impaired'].flatMap((flag, index) => [
      `-disposition:a:${index}`,
      flag,
    ])
    const tracks = await tracksOf('flags.mkv', ...three, ...flags)
    assert.deepEqual(
      tracks.map(({ purpose, isDefault, isOriginal }) => [purpose, isDefault, isOriginal]),
      [
        ['COMMENTARY', false, false],
        ['MAIN', true, true],
        ['AUDIO_DESCRIPTION', false, false],
      ],
    )
  })

  it('is read of the names that MP4 has for tracks', async () => {
    const name = ['-metadata:s:a:1', 'handler_name=Audio description']
    const tracks = await tracksOf('named.mp4', ...three, ...name)
    assert.deepEqual(
      tracks.map(({ purpose }) => purpose),
      ['MAIN', 'AUDIO_DESCRIPTION', 'MAIN'],
    )
  })

  it('is read of the type that MPEG-TS gives it', async () => {
    const types = ['-disposition:a:0', 'visual_impaired', '-metadata:s:a:0', 'language=eng']
    const [first] = await tracksOf('types.ts', ...three, ...types)
    assert.equal(first!.purpose, 'AUDIO_DESCRIPTION')
  })

  it('is a side where QuickTime says that a mono track is one', async () => {
    const sides = [
      '-filter_complex',
      '[0]aformat=channel_layouts=FL,asplit[l][m];[m]aformat=channel_layouts=FR[r]',
    ]
    const tracks = await tracksOf('sides.mov', ...sides, '-map', '[l]', '-map', '[r]', '-c:a', 'pcm_s16le')
    assert.deepEqual(
      tracks.map(({ side, channelLayout }) => [side, channelLayout]),
      [
        ['LEFT', '1 channels (FL)'],
        ['RIGHT', '1 channels (FR)'],
      ],
    )
  })
})
