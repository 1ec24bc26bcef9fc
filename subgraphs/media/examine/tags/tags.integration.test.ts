import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ffmpeg, ffprobePath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createProbe } from '#media/examine/probe.ts'

const { signal } = new AbortController()

describe('what a probe reads of tags', () => {
  const probe = createProbe(ffprobePath)
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  const make = async (name: string, ...options: string[]) => {
    const path = join(directory.path, name)
    await ffmpeg('-f', 'lavfi', '-i', 'sine=d=0.5', ...options, path)
    return path
  }
  const tagsOf = async (path: string) =>
    new Map((await probe(path, signal)).tags.map(({ key, value }) => [key, value]))

  it('is the text of ID3v1 in the code page that it was written in', async () => {
    const path = await make('plain.mp3', '-id3v2_version', '0', '-write_xing', '0')
    const audio = await readFile(path)
    for (const [title, page] of [
      [Buffer.from('Mot\u00f6rhead, Stra\u00dfe', 'latin1'), 'Motörhead, Straße'],
      [Buffer.from('cfe0f0eee2eee7', 'hex'), 'Паровоз'],
      [Buffer.from('938c8b9e8e9695cf', 'hex'), '東京事変'],
    ] as const) {
      const tag = Buffer.alloc(128)
      tag.write('TAG', 0, 'latin1')
      title.copy(tag, 3)
      await writeFile(path, Buffer.concat([audio, tag]))
      assert.equal((await tagsOf(path)).get('title'), page)
    }
  })

  for (const name of ['info.wav', 'info.avi'])
    it(`is the text of RIFF INFO in Latin-1: ${name}`, async () => {
      const path = await make(
        name,
        '-c:a',
        'pcm_s16le',
        '-metadata',
        'title=Mot_rhead',
        '-metadata',
        'artist=Bj_rk',
      )
      const bytes = await readFile(path)
      for (const text of ['Mot_rhead', 'Bj_rk']) bytes[bytes.indexOf(text) + text.indexOf('_')] = 0xf6
      await writeFile(path, bytes)
      const tags = await tagsOf(path)
      assert.deepEqual([tags.get('title'), tags.get('artist')], ['Motörhead', 'Björk'])
    })

  it('is the front cover where an icon stands before it, with its type', async () => {
    const picture = (name: string, size: string) =>
      ffmpeg('-f', 'lavfi', '-i', `color=red:size=${size}`, '-frames:v', '1', join(directory.path, name))
    await picture('icon.png', '32x32')
    await picture('front.jpg', '90x90')
    const inputs = ['icon.png', 'front.jpg'].flatMap((name) => ['-i', join(directory.path, name)])
    const pictures = ['-map', '0', '-map', '1', '-map', '2', '-c:v', 'copy', '-disposition:v', 'attached_pic']
    const types = ["32x32 pixels 'file icon'", 'Cover (front)'].flatMap((words, index) => [
      `-metadata:s:v:${index}`,
      `comment=${words}`,
    ])
    for (const name of ['cover.flac', 'cover.mp3']) {
      const media = await probe(await make(name, ...inputs, ...pictures, ...types), signal)
      assert.deepEqual(media.picture, {
        mimeType: 'image/jpeg',
        type: 3,
        widthPx: 90,
        heightPx: 90,
        convertedFrom: null,
      })
      assert.equal(media.pictureStream, 2)
    }
  })

  it("is Matroska's cover where a small one stands before it", async () => {
    const small = join(directory.path, 'small_cover.jpg')
    const cover = join(directory.path, 'cover.jpg')
    await ffmpeg('-f', 'lavfi', '-i', 'color=red:size=30x30', '-frames:v', '1', small)
    await ffmpeg('-f', 'lavfi', '-i', 'color=red:size=90x90', '-frames:v', '1', cover)
    const attached = [small, cover].flatMap((path) => ['-attach', path])
    const path = await make('cover.mkv', ...attached, '-metadata:s:t', 'mimetype=image/jpeg')
    assert.equal((await probe(path, signal)).picture?.widthPx, 90)
  })
})
