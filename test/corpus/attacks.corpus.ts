/** Hostile files: none may read other files, connect anywhere, use more than its share of the machine, or leave anything behind. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pino } from 'pino'
import { createFfmpeg, FfmpegError } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { createSandbox, unconfined } from '#runtime/ffmpeg/sandbox.ts'
import { absurdHeaders } from './absurd-headers.ts'
import { bombAttacks } from './bomb-attacks.ts'
import { prepareAttackGround } from './attack-ground.ts'
import { nameAttacks } from './name-attacks.ts'
import { playlistAttacks } from './playlist-attacks.ts'
import { referenceAttacks } from './reference-attacks.ts'
import { testCorpus } from './test-corpus.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

const ground = await prepareAttackGround()
after(() => ground[Symbol.asyncDispose]())

testCorpus('playlists', playlistAttacks(ground), ground)
testCorpus('references', referenceAttacks(ground), ground)
testCorpus('names and links', nameAttacks(ground), {
  leaks: async (judgement) => [...(await ground.leaks(judgement)), ...(existsSync('pwned') ? ['pwned'] : [])],
})
testCorpus('bombs', bombAttacks(), { ...ground, takesFrame: true })
testCorpus('absurd headers', absurdHeaders(), { ...ground, takesFrame: true })

describe('what attacks are after', () => {
  const { signal } = new AbortController()

  it('is within reach of a bare ffmpeg: these tests can fail', async () => {
    await using directory = await createTemporaryDirectory()
    const playlist = playlistAttacks(ground).find(({ name }) => name === 'HLS with an absolute path')
    const path = await playlist!.make(directory.path)
    const output = join(directory.path, 'output.mp3')
    const bare = createFfmpeg(ffmpegPath, unconfined)
    const job = { inputOptions: ['-f', 'hls'], input: fileUrl(path), outputOptions: ['-f', 'mp3'] }
    await bare({ ...job, output: fileUrl(output), signal })
    assert.ok(await ground.sings(output))
  })

  it('is nowhere in the sandbox, even for an ffmpeg that may ask for anything', async () => {
    const programs = [ffmpegPath, ffprobePath]
    const sandbox = await createSandbox({ mode: 'required', programs, log: pino({ level: 'silent' }) })
    const job = { inputOptions: ['-f', 'mpegts'], outputOptions: ['-f', 'null'], output: '-', signal }
    const before = ground.visits()
    const confined = createFfmpeg(ffmpegPath, sandbox)
    const failsWith = (words: RegExp) => (error: unknown) => {
      assert.ok(error instanceof FfmpegError)
      assert.match(error.errors.join('\n'), words)
      return true
    }
    const unreached = failsWith(/Connection refused|unreachable|not supported/)
    await assert.rejects(confined({ ...job, input: ground.server }), unreached)
    await assert.rejects(
      confined({ ...job, input: `concat:${ground.canary}` }),
      failsWith(/No such file|Permission denied/),
    )
    assert.equal(ground.visits(), before)
    await createFfmpeg(ffmpegPath, unconfined)({ ...job, input: ground.server })
    assert.equal(ground.visits(), before + 1)
  })
})
