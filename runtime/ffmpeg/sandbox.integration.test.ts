import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { Registry } from 'prom-client'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { createFfmpeg } from './ffmpeg.ts'
import { fileUrl } from './hardening.ts'
import { unconfined, type Sandbox } from './sandbox.ts'
import { createWalled, nothing, shellIn } from '#runtime/ffmpeg/testing/walled.ts'

const execute = promisify(execFile)

describe('the sandbox of ffmpeg', () => {
  let directory: Awaited<ReturnType<typeof createTemporaryDirectory>>
  let namespaces: Sandbox
  let landlock: Sandbox
  before(async () => {
    directory = await createTemporaryDirectory()
    namespaces = await createWalled('namespaces', directory.path)
    landlock = await createWalled('landlock', directory.path)
  })
  after(() => directory[Symbol.asyncDispose]())

  it('says what it is: namespaces where they can be made, and else Landlock', () => {
    const others = ['system call filter', 'resource limits', 'no new privileges', 'empty environment']
    assert.deepEqual(namespaces.protections, ['namespaces', ...others])
    assert.deepEqual(landlock.protections, ['landlock', ...others])
  })

  it('tells its walls by a metric', async () => {
    for (const walls of ['namespaces', 'landlock', 'none'] as const) {
      const metrics = new Registry()
      await createWalled(walls, directory.path, { mode: 'weak', metrics })
      assert.ok((await metrics.metrics()).endsWith(`\nearshot_ffmpeg_sandbox{walls="${walls}"} 1\n`))
    }
  })

  it('is weaker than that only where it may be', async () => {
    const weak = await createWalled('none', directory.path, { mode: 'weak' })
    assert.deepEqual(weak.protections, ['resource limits', 'no new privileges', 'empty environment'])
    assert.equal(await shellIn(weak, 'ulimit -c'), '0')
    await assert.rejects(createWalled('none', directory.path), /bubblewrap.*Landlock/)
  })

  it('is one in which ffmpeg writes the bytes that it writes outside', async () => {
    const wav = join(directory.path, 'tone.wav')
    await execute(ffmpegPath, ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=duration=1', wav])
    const written = await Promise.all(
      Object.entries({ unconfined, namespaces, landlock }).map(async ([name, sandbox]) => {
        const output = join(directory.path, `${name}.mp3`)
        const totals = await createFfmpeg(
          ffmpegPath,
          sandbox,
        )({
          inputOptions: [],
          input: fileUrl(wav),
          outputOptions: ['-f', 'mp3'],
          output: fileUrl(output),
          limits: { cpuSeconds: 10, fileBytes: 1_000_000 },
          signal: new AbortController().signal,
        })
        assert.equal(totals.encodedSamples, 44_100)
        return await readFile(output)
      }),
    )
    assert.ok(written[0]!.length > 5_000)
    for (const bytes of written) assert.deepEqual(bytes, written[0])
  })

  it('takes no file along that we hold open, by Landlock', async () => {
    const canary = join(directory.path, 'canary')
    await writeFile(canary, 'sings')
    await using file = await open(canary)
    const readIn = async (sandbox: Sandbox) => {
      const [command, ...args] = sandbox.confine(findExecutable('bash'), nothing)
      const reader = spawn(command, [...args, '--norc', '-c', 'exec cat <&3'], {
        stdio: ['ignore', 'pipe', 'ignore', file.fd],
      })
      const [[code], said] = await Promise.all([once(reader, 'exit'), text(reader.stdout!)])
      return [code, said]
    }
    assert.deepEqual(await readIn(unconfined), [0, 'sings'])
    assert.deepEqual(await readIn(landlock), [1, ''])
  })
})
