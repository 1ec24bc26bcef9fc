import assert from 'node:assert/strict'
import { execFile, type ExecFileException } from 'node:child_process'
import { it } from 'node:test'
import { DomainError } from '#runtime/domain-error.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { deathOf } from './death-of.ts'

const fails = (script: string) =>
  new Promise<ExecFileException | null>((resolve) => execFile('sh', ['-c', script], resolve))

it('tells a signal, however deep among the causes', async () => {
  const error = await fails('kill -SEGV $$')
  assert.equal(deathOf(error), 'SIGSEGV')
  assert.equal(deathOf(new DomainError('CORRUPT_FILE', undefined, { cause: error })), 'SIGSEGV')
})

it('tells the signal of a program that ran in another', async () => {
  assert.equal(deathOf(await fails("sh -c 'kill -ABRT $$'; exit $?")), 'SIGABRT')
})

it('takes the signals of limits, and exit codes, for what they are', async () => {
  assert.equal(deathOf(await fails('kill -XFSZ $$')), null)
  assert.equal(deathOf(await fails('exit 1')), null)
  assert.equal(deathOf(await fails('exit 183')), null)
  assert.equal(deathOf(new DomainError('UNSUPPORTED_FORMAT')), null)
})

it('reads what is said of ffmpeg', async () => {
  const inPlaceOfFfmpeg = { protections: [], confine: () => ['sh', '-c', 'kill -SEGV $$'] as const }
  const runFfmpeg = createFfmpeg('sh', inPlaceOfFfmpeg)
  const { signal } = new AbortController()
  const job = { inputOptions: [], input: 'file:none', outputOptions: [], output: '-', signal }
  const error: unknown = await runFfmpeg(job).catch((thrown: unknown) => thrown)
  assert.equal(deathOf(error), 'SIGSEGV')
})
