import assert from 'node:assert/strict'
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { mountSmallDisk } from '#test/harness/small-disk.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createFfmpeg, FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import type { Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { createMeasurePicture } from './measure-picture.ts'
import { createPictures } from './pictures.ts'
import { createProbe } from './probe.ts'
import { ffmpeg, audio } from '#media/examine/testing/extractable-files.ts'

const { signal } = new AbortController()

/** A red second, then a blue one; with audio that is longer. */
const colours = ['red', 'blue'].map((colour) => `color=${colour}:size=320x180:rate=25:d=1[${colour}];`)
const redThenBlue = [
  ...['-f', 'lavfi', '-i', `${colours.join('')}[red][blue]concat,format=yuv420p`],
  ...audio(44_100, 3),
]

describe('pictures', () => {
  const measure = createMeasurePicture(ffprobePath)
  const pictures = createPictures(createFfmpeg(ffmpegPath), measure)
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  const make = async (name: string, ...options: string[]) => {
    const path = join(directory.path, name)
    await ffmpeg(...options, path)
    return path
  }
  const image = (name: string, size = '120x80') =>
    make(name, '-f', 'lavfi', '-i', `testsrc2=size=${size}`, '-frames:v', '1')
  async function jobFor(path: string) {
    const folder = join(directory.path, 'pictures')
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    return { path, folder, signal }
  }
  const coverOf = async (path: string, stream: number) => {
    const job = await jobFor(path)
    const attached = await pictures.attached(job, stream)
    return attached === null ? null : await pictures.asCover({ ...job, path: attached })
  }
  const colourOf = async (path: string) => {
    const pixel = join(directory.path, 'pixel')
    await ffmpeg('-i', fileUrl(path), '-vf', 'scale=1:1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', pixel)
    const [red, green, blue] = await readFile(pixel)
    return red! > 200 && blue! < 60 ? 'red' : blue! > 200 && red! < 60 ? 'blue' : `${red} ${green} ${blue}`
  }

  describe('attached to a file', () => {
    const attached = ['-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v:0', 'attached_pic']
    const probe = createProbe(ffprobePath)

    for (const [picture, mimeType] of [
      ['cover.jpg', 'image/jpeg'],
      ['cover.png', 'image/png'],
    ] as const) {
      it(`are taken out of MP4, MP3 and Matroska as they are: ${picture}`, async () => {
        const cover = await image(picture)
        const tone = ['-f', 'lavfi', '-i', 'sine=d=1']
        const files = [
          await make('cover.m4a', ...tone, '-i', cover, ...attached, '-c:a', 'aac'),
          await make('cover.mp3', ...tone, '-i', cover, ...attached, '-c:a', 'libmp3lame'),
          await make('cover.mkv', ...tone, '-attach', cover, '-metadata:s:t', `mimetype=${mimeType}`),
        ]
        for (const path of files) {
          const { pictureStream } = await probe(path, signal)
          const found = await coverOf(path, pictureStream!)
          assert.deepEqual([found?.mimeType, found?.widthPx, found?.heightPx], [mimeType, 120, 80])
          assert.deepEqual(await readFile(found!.path), await readFile(cover))
        }
      })
    }

    it('are left out when they are damaged', async () => {
      const cover = await image('damaged.png', '300x200')
      const path = await make('damaged.m4a', '-f', 'lavfi', '-i', 'sine=d=1', '-i', cover, ...attached)
      const bytes = await readFile(path)
      const start = bytes.indexOf((await readFile(cover)).subarray(0, 100))
      await writeFile(path, bytes.fill(0, start + 200, start + 600))
      assert.equal(await coverOf(path, 1), null)
    })

    it('become a JPEG when they are too large for small devices', async () => {
      const huge = await image('huge.png', '4100x4000')
      const path = await make('huge.m4a', '-f', 'lavfi', '-i', 'sine=d=1', '-i', huge, ...attached)
      const found = await coverOf(path, 1)
      assert.deepEqual([found?.mimeType, found?.widthPx], ['image/jpeg', 1_400])
      assert.match(found!.convertedFrom!, /^a PNG of 4100 by 4000 pixels/)
    })
  })

  describe('from a video', () => {
    const recipes = {
      mp4: ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
      mkv: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-c:a', 'libopus'],
      webm: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-c:a', 'libopus'],
      ts: ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
      avi: ['-c:v', 'mpeg4', '-q:v', '2', '-c:a', 'libmp3lame'],
      flv: ['-c:v', 'flv', '-q:v', '2', '-c:a', 'libmp3lame'],
      mpg: ['-c:v', 'mpeg2video', '-q:v', '2', '-c:a', 'mp2'],
    }
    for (const [extension, options] of Object.entries(recipes)) {
      it(`are the frame at the time, or else the last: ${extension}`, async () => {
        const path = await make(`video.${extension}`, ...redThenBlue, ...options)
        for (const [atMs, colour] of [
          [0, 'red'],
          [500, 'red'],
          [1_500, 'blue'],
          [2_900, 'blue'],
        ] as const) {
          const found = await pictures.frame(await jobFor(path), atMs)
          assert.deepEqual([found?.mimeType, found?.widthPx, found?.heightPx], ['image/jpeg', 320, 180])
          assert.equal(await colourOf(found!.path), colour, `at ${atMs} ms`)
        }
      })
    }

    it('are at most 1400 pixels wide, and square their pixels', async () => {
      const options = ['-f', 'lavfi', '-i', 'color=red:size=1440x1080:d=0.2,setsar=4/3', '-c:v', 'mpeg4']
      const found = await pictures.frame(await jobFor(await make('wide.mp4', ...options)), 0)
      assert.deepEqual([found?.widthPx, found?.heightPx], [1_400, 788])
    })

    it('are none where there is no video, where it cannot be decoded, or where it takes too long', async () => {
      const tone = await make('tone.m4a', '-f', 'lavfi', '-i', 'sine=d=1')
      assert.equal(await pictures.frame(await jobFor(tone), 0), null)
      const odd = ['-f', 'lavfi', '-i', 'color=red:d=0.2', '-c:v', 'ffv1']
      assert.equal(await pictures.frame(await jobFor(await make('odd.mkv', ...odd)), 0), null)
      const failing = createPictures(() => Promise.reject(new FfmpegError('no', [])), measure)
      assert.equal(await failing.frame(await jobFor(tone), 0), null)
    })

    it('are none where there is no room for them', async () => {
      await using disk = await mountSmallDisk(1)
      await disk.fill()
      const path = await make('room.mp4', ...redThenBlue, ...recipes.mp4)
      assert.equal(await pictures.frame({ path, folder: disk.path, signal }, 0), null)
    })

    it('are not waited for when told to stop', async () => {
      const [reason, ending] = [new Error('enough'), new AbortController()]
      const stopped: RunFfmpeg = () => {
        ending.abort(reason)
        return Promise.reject(reason)
      }
      const job = { ...(await jobFor('/nowhere')), signal: ending.signal }
      await assert.rejects(createPictures(stopped, measure).frame(job, 0), reason)
    })
  })

  describe('of their own', () => {
    const coverIn = async (path: string) => await pictures.asCover(await jobFor(path))
    const isWhole = async (path: string) => (await coverIn(path)) !== null

    it('are known by their bytes, whatever they are called', async () => {
      const jpeg = await image('picture.jpg', '300x200')
      const png = await image('picture.png', '300x200')
      const { mimeType, widthPx, heightPx, sizeBytes, convertedFrom } = (await coverIn(jpeg))!
      assert.deepEqual([mimeType, widthPx, heightPx, convertedFrom], ['image/jpeg', 300, 200, null])
      assert.equal(sizeBytes, (await readFile(jpeg)).length)
      assert.equal((await coverIn(png))?.mimeType, 'image/png')
    })

    for (const [name, was] of [
      ['other.gif', 'a GIF'],
      ['other.bmp', 'a BMP'],
      ['other.tiff', 'a TIFF'],
      ['other.webp', 'a WebP'],
    ] as const)
      it(`become a JPEG, and say so: ${was}`, async () => {
        const found = await coverIn(await image(name))
        assert.deepEqual([found?.mimeType, found?.widthPx, found?.convertedFrom], ['image/jpeg', 120, was])
        assert.equal((await readFile(found!.path)).toString('hex', 0, 3), 'ffd8ff')
      })

    it('are looked at in the sandbox: of 10 MB of zeros behind a marker our own process reads the marker', async () => {
      const path = join(directory.path, 'zeros.jpg')
      const asked: string[] = []
      // The reading of a child counts as its parent's: here it reads nothing, and says no.
      const blind: Sandbox = {
        protections: [],
        confine: (_program, { read }) => {
          asked.push(...read)
          return [findExecutable('env'), 'false']
        },
      }
      for (const beginning of ['ffd8ffe0', 'ffd8ffe00010', '89504e470d0a1a0a']) {
        await writeFile(path, Buffer.from(beginning, 'hex'))
        await truncate(path, 10_000_000)
        assert.equal(await measure(path, signal), null)
        const readBefore = await bytesReadByUs()
        assert.equal(await createMeasurePicture(ffprobePath, blind)(path, signal), null)
        const read = (await bytesReadByUs()) - readBefore
        assert.ok(read < 1_000_000, `${read} bytes were read`)
      }
      assert.deepEqual(asked, [path, path, path])
    })

    it('have their notes passed over, however many', async () => {
      const bytes = await readFile(await image('noted.jpg', '300x200'))
      // A comment of the greatest length (ISO 10918-1, B.2.4.5).
      const comment = Buffer.concat([Buffer.from('fffeffff', 'hex'), Buffer.alloc(0xfffd, 'x')])
      const path = join(directory.path, 'notes.jpg')
      const notes = Array.from({ length: 100 }, () => comment)
      await writeFile(path, Buffer.concat([bytes.subarray(0, 2), ...notes, bytes.subarray(2)]))
      assert.equal((await coverIn(path))?.widthPx, 300)
    })

    it('are taken with odd notes of a camera, and with what comes after their end', async () => {
      const bytes = await readFile(await image('camera.jpg'))
      // An APP1 segment of 16 bytes (Exif 2.3, 4.5.4) whose TIFF header is none.
      const notes = Buffer.from('ffe1_0010_457869660000_0123456789abcdef'.replaceAll('_', ''), 'hex')
      const path = join(directory.path, 'odd.jpg')
      await writeFile(path, Buffer.concat([bytes.subarray(0, 2), notes, bytes.subarray(2), bytes]))
      assert.equal(await isWhole(path), true)
    })

    it('are refused when cut short, too large, or something else', async () => {
      for (const name of ['cut.jpg', 'cut.png']) {
        const path = await image(name, '300x200')
        await truncate(path, Math.floor((await readFile(path)).length / 2))
        assert.equal(await isWhole(path), false, name)
      }
      assert.equal(await isWhole(await image('large.png', '6400x6400')), false)
      const cutWebp = await image('cut.webp', '300x200')
      await truncate(cutWebp, Math.floor((await readFile(cutWebp)).length / 2))
      assert.equal(await isWhole(cutWebp), false)
      const text = join(directory.path, 'text.jpg')
      await writeFile(text, Buffer.from('ffd8ff00', 'hex'))
      assert.equal(await isWhole(text), false)
      const heavy = await image('heavy.jpg')
      await truncate(heavy, 64_000_001)
      assert.equal(await isWhole(heavy), false)
    })
  })
})

/** What this process has read of files and pipes since it began, and its children that are over (proc(5), io). */
async function bytesReadByUs(): Promise<number> {
  return Number(/^rchar: (\d+)/.exec(await readFile('/proc/self/io', 'utf8'))![1])
}
