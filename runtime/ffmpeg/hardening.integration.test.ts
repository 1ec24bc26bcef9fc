import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createFfmpeg, FfmpegError } from './ffmpeg.ts'
import { decodableCodecs, fileUrl, inputOptions } from './hardening.ts'

const run = promisify(execFile)

/** Playlists that make an unguarded ffmpeg read another file or ask another server. */
const attacks = (secret: string, server: string) => ({
  'an HLS playlist with an absolute path': hls(secret),
  'an HLS playlist with a file URL': hls(`file://${secret}`),
  'an HLS playlist with an HTTP URL': hls(`${server}/segment.ts`),
  'a concat script': `ffconcat version 1.0\nfile '${secret}'\n`,
  'a concat script with a relative path': `ffconcat version 1.0\nfile 'secrets/canary.ts'\n`,
  'a DASH manifest with a file URL': dash(`file://${secret}`),
  'a DASH manifest with an HTTP URL': dash(`${server}/segment.mp4`),
})

const hls = (segment: string) =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\n${segment}\n#EXT-X-ENDLIST\n`

const dash = (base: string) => `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
<Period><AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="1"><BaseURL>${base}</BaseURL></Representation></AdaptationSet></Period></MPD>`

describe('a playlist that is named .mp4', () => {
  const runFfmpeg = createFfmpeg(ffmpegPath)
  const { signal } = new AbortController()
  let directory: TemporaryDirectory
  let requests = 0
  const server = createServer((_request, response) => {
    requests += 1
    response.end()
  })
  before(async () => {
    directory = await createTemporaryDirectory()
    await mkdir(join(directory.path, 'secrets'))
    // Real audio: what an attacker would hear in the MP3.
    const canary = join(directory.path, 'secrets/canary.ts')
    const tone = ['-f', 'lavfi', '-i', 'sine=d=2', '-c:a', 'mp2']
    await run(ffmpegPath, ['-nostdin', '-v', 'error', ...tone, canary])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  after(async () => {
    server.close()
    await directory[Symbol.asyncDispose]()
  })

  for (const name of Object.keys(attacks('', '')) as (keyof ReturnType<typeof attacks>)[]) {
    it(`is refused and leaks nothing: ${name}`, async () => {
      const path = join(directory.path, 'upload.mp4')
      const output = join(directory.path, 'output.mp3')
      const { port } = server.address() as AddressInfo
      const content = attacks(join(directory.path, 'secrets/canary.ts'), `http://127.0.0.1:${port}`)[name]
      await writeFile(path, content)
      await writeFile(output, '')
      await assert.rejects(probeFile(path, signal), { code: 'UNSUPPORTED_FORMAT' })
      const encode = { inputOptions, input: fileUrl(path), outputOptions: ['-f', 'mp3'] }
      await assert.rejects(runFfmpeg({ ...encode, output: fileUrl(output), signal }), FfmpegError)
      assert.equal((await readFile(output)).length, 0)
      assert.equal(requests, 0)
    })
  }

  it('would leak without the hardening, so this test can fail', async () => {
    const path = join(directory.path, 'upload.mp4')
    const output = join(directory.path, 'output.mp3')
    await writeFile(path, hls(join(directory.path, 'secrets/canary.ts')))
    await run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', '-f', 'hls', '-i', path, '-f', 'mp3', output])
    assert.ok((await readFile(output)).length > 1_000)
  })
})

describe('the decoders that are allowed', () => {
  it('are named as ffmpeg names them, and so are their codecs', async () => {
    const { stdout } = await run(ffmpegPath, ['-hide_banner', '-v', 'error', '-decoders'])
    const codecs = new Map<string, string>()
    for (const [, name, text] of stdout.matchAll(/^ A\S{5} (\S+) +(.*)$/gm))
      codecs.set(name!, /\(codec (\S+)\)$/.exec(text!)?.[1] ?? name!)
    const allowed = inputOptions.at(-1)!.split(',')
    assert.deepEqual(
      allowed.filter((name) => !codecs.has(name)),
      [],
    )
    assert.deepEqual(new Set(allowed.map((name) => codecs.get(name))), decodableCodecs)
  })
})
