import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { ffmpeg, ffprobePath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { id3v2Bytes, readXingTag } from '#converter/bitstream/xing-tag.ts'
import { id3Tag } from './id3-tag.ts'
import { readTagged } from './read-tagged.ts'

const run = promisify(execFile)

async function collect(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}

describe('an MP3 that is read with a tag', () => {
  let directory: TemporaryDirectory
  let [plainPath, taggedPath, coverPath] = ['', '', '']
  before(async () => {
    directory = await createTemporaryDirectory()
    plainPath = join(directory.path, 'plain.mp3')
    taggedPath = join(directory.path, 'tagged.mp3')
    coverPath = join(directory.path, 'cover.png')
    await ffmpeg('-f', 'lavfi', '-i', 'sine=d=2', '-c:a', 'libmp3lame', plainPath)
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=64x48:d=0.1', '-frames:v', '1', coverPath)
  })
  after(() => directory[Symbol.asyncDispose]())

  const content = async () => ({
    tags: [
      { key: 'title', value: 'Über 𝄞 — “x”' },
      { key: 'artist', value: 'AC/DC' },
      { key: 'date', value: '2019-05-03' },
      { key: 'comment', value: 'eins\nzwei' },
      { key: 'synopsis', value: 'a\nb' },
      { key: 'show', value: '日本' },
    ],
    cover: { bytes: await readFile(coverPath), type: 3 },
    chapters: [
      { startMs: 0, endMs: 750, title: 'Öffnung' },
      { startMs: 750, endMs: 2_000, title: null },
    ],
    durationMs: 2_000,
  })

  it('is the tag and then every byte from the first frame on, without the tag that ffmpeg wrote', async () => {
    const plain = await readFile(plainPath)
    const start = id3v2Bytes(plain)
    assert.ok(start > 0)
    const tag = id3Tag(await content())
    assert.deepEqual(await collect(readTagged(plainPath, tag)), Buffer.concat([tag, plain.subarray(start)]))
    assert.deepEqual(await collect(readTagged(plainPath, Buffer.alloc(0))), plain.subarray(start))
  })

  it('is read back by ffprobe as it was written: tags, picture, chapters, and not a sample more or less', async () => {
    const given = await content()
    await writeFile(taggedPath, readTagged(plainPath, id3Tag(given)))
    const asked = [
      '-v',
      'warning',
      '-of',
      'json',
      '-show_format',
      '-show_streams',
      '-show_chapters',
      taggedPath,
    ]
    const { stdout, stderr } = await run(ffprobePath, asked)
    assert.equal(stderr, '')
    const report = JSON.parse(stdout)
    assert.deepEqual(report.format.tags, {
      title: 'Über 𝄞 — “x”',
      artist: 'AC/DC',
      date: '2019-05-03',
      comment: 'eins\nzwei',
      synopsis: 'a\nb',
      show: '日本',
    })
    const [audio, picture] = report.streams
    assert.deepEqual(
      [audio.codec_name, picture.codec_name, picture.width, picture.tags.comment],
      ['mp3', 'png', 64, 'Cover (front)'],
    )
    type Chapter = { start_time: string; end_time: string; tags: { title: string } }
    assert.deepEqual(
      report.chapters.map(({ start_time, end_time, tags }: Chapter) => [start_time, end_time, tags.title]),
      [
        ['0.000000', '0.750000', 'Öffnung'],
        ['0.750000', '2.000000', 'Chapter 2'],
      ],
    )
    assert.deepEqual(await decoded(taggedPath), await decoded(plainPath))
    const bytes = await readFile(taggedPath)
    assert.equal(readXingTag(bytes)?.position, id3Tag(given).length)
  })

  it('gives its cover back byte for byte', async () => {
    const picture = await ffmpeg('-i', taggedPath, '-map', '0:v', '-c', 'copy', '-f', 'image2pipe', '-')
    assert.deepEqual(picture, await readFile(coverPath))
  })

  const decoded = (path: string) => ffmpeg('-i', path, '-map', '0:a', '-f', 'md5', '-')
})
