/** What users ask of an MP3, on real processes: what comes out has it, and what cannot be made is refused at once. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import {
  StartConversionDocument,
  type ConversionFieldsFragment,
  type OutputOptionsInput,
} from '#schema/generated/operations.ts'
import { newKey } from '#test/harness/api-client.ts'
import * as user from '#test/harness/api-user.ts'
import { decodedSeconds } from '#test/harness/decoded-audio.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample, type SampleKind } from '#test/harness/sample-media.ts'

const run = promisify(execFile)

interface Described {
  readonly format: { readonly duration: string; readonly tags?: Record<string, string> }
  readonly streams: readonly {
    readonly codec_name: string
    readonly disposition: { readonly attached_pic: number }
  }[]
  readonly chapters: readonly { readonly start_time: string; readonly tags: { readonly title: string } }[]
}

const readBack = `query ($id: ID!) {
  conversion(id: $id) {
    audioTrack { language }
    output {
      bitrateMode bitrateKbps vbrQuality channels sampleRateHz encoderQuality audioTrack { index language }
      trim { startMs endMs } fadeInMs fadeOutMs loudness { targetLufs maxTruePeakDbtp }
      tags { keep set { key value } } cover { from uploadId } chapters { from list { startMs endMs title } }
      splitByChapters passthrough
    }
  }
}`

interface ReadBack {
  readonly conversion: {
    readonly audioTrack: { readonly language: string | null }
    readonly output: Required<OutputOptionsInput> & { readonly passthrough: boolean }
  }
}

describe('output options', () => {
  let running: RunningSystem
  let someone: user.ApiUser
  before(async () => {
    running = await startTestSystem()
    someone = await user.signUpUser(running.system.publicUrl)
  })
  after(() => running[Symbol.asyncDispose]())

  const uploads = new Map<SampleKind, ReturnType<typeof user.uploadFile>>()
  const upload = async (kind: SampleKind) => {
    const made = uploads.get(kind) ?? user.uploadFile(someone, await makeSample(running.directory, kind))
    uploads.set(kind, made)
    return await made
  }
  const convert = async (kind: SampleKind, output: OutputOptionsInput): Promise<ConversionFieldsFragment> => {
    const path = await makeSample(running.directory, kind)
    const { conversion } = await user.convertFile(someone, path, output)
    assert.equal(conversion.status, 'SUCCEEDED', JSON.stringify(conversion.failure))
    return conversion
  }
  const download = async ({ mp3s }: ConversionFieldsFragment, index = 0): Promise<string> => {
    const mp3 = mp3s[index]!
    const bytes = Buffer.from(await (await fetch(mp3.downloadUrl)).arrayBuffer())
    assert.deepEqual(
      [bytes.length, createHash('sha256').update(bytes).digest('hex')],
      [mp3.sizeBytes, mp3.sha256],
    )
    const path = join(running.directory, 'downloaded.mp3')
    await writeFile(path, bytes)
    return path
  }
  const refusal = (uploadId: string, output: OutputOptionsInput) =>
    someone.api.refusal(StartConversionDocument, { input: { uploadId, idempotencyKey: newKey(), output } })
  const described = async (path: string): Promise<Described> => {
    const wanted = ['-show_format', '-show_streams', '-show_chapters']
    const { stdout } = await run(ffprobePath, ['-v', 'error', '-of', 'json', ...wanted, path])
    return JSON.parse(stdout) as Described
  }

  it('passes an MP3 track through when nothing is asked of its audio, and encodes it when something is', async () => {
    const copied = await convert('avi-mp3', { tags: { set: [{ key: 'title', value: 'Copied' }] } })
    const [mp3] = copied.mp3s
    assert.deepEqual([mp3!.passthrough, mp3!.encoding.path], [true, 'PASSTHROUGH'])
    const path = await download(copied)
    assert.equal((await described(path)).format.tags?.['title'], 'Copied')
    const seconds = await decodedSeconds(await makeSample(running.directory, 'avi-mp3'))
    assert.ok(Math.abs((await decodedSeconds(path)) - seconds) <= 1152 / 44_100)
    const encoded = await convert('avi-mp3', { bitrateKbps: 96 })
    assert.deepEqual([encoded.mp3s[0]!.passthrough, encoded.mp3s[0]!.bitrateKbps], [false, 96])
  })

  it('keeps tags and chapters, moved along when the beginning is left out', async () => {
    const whole = await described(await download(await convert('chapters-and-tags', {})))
    assert.deepEqual([whole.format.tags?.['title'], whole.format.tags?.['artist']], ['A talk', 'Somebody'])
    assert.deepEqual(
      whole.chapters.map(({ start_time, tags }) => [Number(start_time), tags.title]),
      [
        [0, 'Opening'],
        [1.5, 'Chapter 2'],
      ],
    )
    const trimmed = await described(
      await download(await convert('chapters-and-tags', { trim: { startMs: 1_000 } })),
    )
    assert.deepEqual(
      trimmed.chapters.map(({ start_time }) => Number(start_time)),
      [0, 0.5],
    )
  })

  it('makes an MP3 of each chapter, named and tagged as a track of its album', async () => {
    const { mp3s, ...rest } = await convert('chapters-and-tags', { splitByChapters: true })
    assert.deepEqual(
      mp3s.map(({ filename, chapter }) => [filename, chapter?.number, chapter?.title]),
      [
        ['chapters-and-tags - 1 Opening.mp3', 1, 'Opening'],
        ['chapters-and-tags - 2 Chapter 2.mp3', 2, null],
      ],
    )
    assert.equal(mp3s[0]!.sampleCount, 1.5 * 48_000)
    const { format } = await described(await download({ mp3s, ...rest }, 1))
    const { title, album, track, artist } = format.tags ?? {}
    assert.deepEqual([title, album, track, artist], ['Chapter 2', 'A talk', '2/2', 'Somebody'])
  })

  it('trims to the sample, mixes down, resamples, and brings to a loudness, all at once', async () => {
    const conversion = await convert('mp4-aac', {
      trim: { startMs: 500, endMs: 2_500 },
      channels: 1,
      sampleRateHz: 22_050,
      fadeInMs: 100,
      fadeOutMs: 100,
      loudness: { targetLufs: -20, maxTruePeakDbtp: -1 },
    })
    const [mp3] = conversion.mp3s
    assert.equal(mp3!.sampleCount, 2 * 22_050)
    assert.ok(Math.abs(mp3!.loudness!.integratedLufs! + 20) <= 0.5, JSON.stringify(mp3!.loudness))
    assert.ok(mp3!.loudness!.truePeakDbtp! <= -1)
  })

  it('takes the track of a language', async () => {
    const conversion = await convert('two-languages', { audioTrack: { language: 'deu' }, bitrateMode: 'ABR' })
    const second = await decodedSeconds(await makeSample(running.directory, 'two-languages'), 1)
    assert.ok(Math.abs((await decodedSeconds(await download(conversion))) - second) <= 1152 / 44_100)
  })

  it('reads back as it was given, and can be given again', async () => {
    const path = await makeSample(running.directory, 'two-languages')
    const given: OutputOptionsInput = {
      bitrateMode: 'VBR',
      audioTrack: { language: 'deu' },
      trim: { startMs: 100 },
      loudness: { targetLufs: -20 },
      tags: { keep: false, set: [{ key: 'title', value: 'Talk' }] },
      cover: { from: 'NONE' },
      chapters: { from: 'GIVEN', list: [{ startMs: 0, title: 'All' }] },
    }
    const ordered = async (options: OutputOptionsInput) => {
      const { id } = await user.uploadFile(someone, path)
      const conversion = await user.startConversion(someone, id, options)
      const { data } = await someone.api.ask<ReadBack>(readBack, { id: conversion.id })
      const { passthrough, ...output } = data!.conversion.output
      return { output, passthrough, language: data!.conversion.audioTrack.language }
    }
    const first = await ordered(given)
    assert.deepEqual(first, {
      output: {
        bitrateMode: 'VBR',
        bitrateKbps: null,
        vbrQuality: 2,
        channels: null,
        sampleRateHz: null,
        encoderQuality: null,
        audioTrack: { index: null, language: 'deu' },
        trim: { startMs: 100, endMs: null },
        fadeInMs: 0,
        fadeOutMs: 0,
        loudness: { targetLufs: -20, maxTruePeakDbtp: -1 },
        tags: { keep: false, set: [{ key: 'title', value: 'Talk' }] },
        cover: { from: 'NONE', uploadId: null },
        chapters: { from: 'GIVEN', list: [{ startMs: 0, endMs: null, title: 'All' }] },
        splitByChapters: false,
      },
      passthrough: false,
      language: 'deu',
    })
    assert.deepEqual(await ordered(first.output), first)
  })

  it('refuses at once what cannot be made of the upload, and leaves nothing behind', async () => {
    const { id } = await upload('two-languages')
    for (const output of [
      { audioTrack: { language: 'fra' } },
      { trim: { startMs: 60_000 } },
      { splitByChapters: true },
      { sampleRateHz: 8_000, bitrateKbps: 320 },
    ])
      assert.equal(await refusal(id, output), 'OUTPUT_NOT_POSSIBLE', JSON.stringify(output))
    assert.equal(await refusal(id, { bitrateKbps: 100 }), 'BAD_USER_INPUT')
  })

  it('warns of a bitrate above the source’s, and carries it out all the same', async () => {
    const { warnings } = await convert('mp4-aac', { bitrateKbps: 320 })
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['BITRATE_ABOVE_SOURCE'],
    )
  })

  describe('the cover', () => {
    const pictureOf = async (conversion: ConversionFieldsFragment) => {
      const { streams } = await described(await download(conversion))
      return streams
        .filter(({ disposition }) => disposition.attached_pic === 1)
        .map(({ codec_name }) => codec_name)
    }
    const drawn = async (name: string): Promise<string> => {
      const path = join(running.directory, name)
      const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=300x300', '-frames:v', '1']
      await run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...picture, path])
      return path
    }
    const converted = async (uploadId: string, output: OutputOptionsInput = {}) => {
      const { id } = await user.startConversion(someone, uploadId, output)
      return (await user.followConversion(someone.api, id)).at(-1)!.conversion
    }

    for (const [name, codec] of [
      ['face.jpg', 'mjpeg'],
      ['face.png', 'png'],
    ] as const) {
      it(`is an uploaded picture: ${name}`, async () => {
        const cover = await user.uploadFile(someone, await drawn(name), { purpose: 'COVER' })
        assert.deepEqual([cover.status, cover.picture?.widthPx], ['READY', 300])
        const { id } = await upload('mkv-opus')
        const conversion = await converted(id, { cover: { from: 'UPLOAD', uploadId: cover.id } })
        assert.deepEqual(await pictureOf(conversion), [codec])
        // A source is kept as long as it was asked for; another conversion of it finds it gone or there, never broken.
        assert.equal(await refusal(cover.id, {}), 'OUTPUT_NOT_POSSIBLE')
        uploads.delete('mkv-opus')
      })
    }

    it('is the frame of the video that was asked for with the upload', async () => {
      const path = await makeSample(running.directory, 'mp4-aac')
      const { id, picture, storedBytes, sizeBytes } = await user.uploadFile(someone, path, {
        coverFrameMs: 1_000,
      })
      assert.deepEqual([picture?.mimeType, picture?.widthPx], ['image/jpeg', 320])
      assert.ok(storedBytes! < sizeBytes / 2, 'the video is not kept')
      assert.deepEqual(await pictureOf(await converted(id)), ['mjpeg'])
    })

    it('is refused when it is no picture, and warned of when there is no frame', async () => {
      const text = await makeSample(running.directory, 'text-named-mp4')
      const { status, failure } = await user.uploadFile(someone, text, { purpose: 'COVER' })
      assert.deepEqual([status, failure?.code], ['REJECTED', 'NOT_A_PICTURE'])
      const audioOnly = await user.uploadFile(someone, await makeSample(running.directory, 'hostile-tags'), {
        coverFrameMs: 0,
      })
      assert.equal(audioOnly.picture, null)
      assert.deepEqual(
        (await converted(audioOnly.id)).warnings.map(({ code }) => code),
        ['COVER_MISSING'],
      )
    })
  })
})
