import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Command } from 'commander'
import { testServer } from '#test/harness/environment.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { OperatorError } from './operator-error.ts'

describe('earshot admin doctor', () => {
  const well = {
    MONGODB_URL: `${testServer('TEST_MONGODB_URL')}/doctor`,
    RABBITMQ_URL: testServer('TEST_RABBITMQ_URL'),
    FFMPEG_PATH: ffmpegPath,
    FFPROBE_PATH: ffprobePath,
  }
  const run = async (env: NodeJS.ProcessEnv) => {
    let written = ''
    const program = new Command()
    addDoctorCommand(program, env, { write: (text) => ((written += String(text)), true) })
    const failure = await program.parseAsync(['doctor'], { from: 'user' }).then(
      () => undefined,
      (error: unknown) => error,
    )
    return { written, failure }
  }

  it('says what protects ffmpeg, and that the servers answer', async () => {
    const { written, failure } = await run(well)
    assert.equal(failure, undefined)
    assert.match(written, /^ffmpeg +runs under: namespaces, system call filter, resource limits, /m)
    assert.match(written, /^broker +answers/m)
    assert.match(written, /^database +answers/m)
  })

  it('names every check that fails, and fails itself', async () => {
    const { written, failure } = await run({
      ...well,
      FFMPEG_PATH: '/nowhere/ffmpeg',
      MONGODB_URL: 'mongodb://127.0.0.1:1/x',
    })
    assert.ok(failure instanceof OperatorError)
    assert.match(written, /^ffmpeg +failed: there is no executable \/nowhere\/ffmpeg/m)
    assert.match(written, /^broker +answers/m)
    assert.match(
      written,
      /^database +failed: it does not answer at 127\.0\.0\.1:1 \(MONGODB_URL\); start it, .*npm start/m,
    )
  })
})
