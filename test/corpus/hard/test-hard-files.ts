/** Judges hard files, each in a test of its own, and leaves a row of each in the table of `npm run test:corpus`. */
import assert from 'node:assert/strict'
import { appendFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { DomainError } from '#runtime/domain-error.ts'
import { createPipeline, type Passage, type Pipeline } from '#test/corpus/pipeline.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { checkMp3 } from './check-mp3.ts'
import type { ExpectedMp3s, ExpectedRefusal, HardFile } from './hard-file.ts'

export interface KindResult {
  readonly kind: string
  readonly file: string
  readonly expected: string
  readonly got: string
}

const isLongRun = process.env['CORPUS_LONG'] === '1'
const resultsFile = process.env['CORPUS_RESULTS']

/** A hard file takes some seconds, on a busy machine more. */
const patienceMs = 120_000

export function testHardFiles(group: string, files: readonly HardFile[]): void {
  describe(group, { concurrency: 2 }, () => {
    let directory: TemporaryDirectory
    let pipeline: Pipeline
    before(async () => {
      directory = await createTemporaryDirectory()
      pipeline = await createPipeline(pino({ level: 'silent' }))
    })
    after(() => directory[Symbol.asyncDispose]())
    const chosen = files.filter(({ inShortRun }) => isLongRun || inShortRun)
    for (const [index, file] of chosen.entries()) {
      it(`${file.kind}: ${file.name}`, async () => {
        const folder = join(directory.path, `file-${index}`)
        await mkdir(join(folder, 'made'), { recursive: true })
        await mkdir(join(folder, 'work'))
        let got = 'nothing'
        try {
          const path = await file.make(join(folder, 'made'))
          const outcome = await send(pipeline, path, join(folder, 'work'), file)
          got = wordsOf(outcome)
          await check(file.expected, outcome)
        } catch (error) {
          got = `wrong: ${got}: ${String(error).split('\n', 1).join()}`
          throw error
        } finally {
          await rm(folder, { recursive: true, force: true })
          const row: KindResult = {
            kind: file.kind,
            file: file.name,
            expected: expectedWords(file.expected),
            got,
          }
          if (resultsFile !== undefined) await appendFile(resultsFile, `${JSON.stringify(row)}\n`)
        }
      })
    }
  })
}

type Outcome = Passage | DomainError

async function send(pipeline: Pipeline, path: string, folder: string, { order }: HardFile): Promise<Outcome> {
  try {
    return await pipeline(path, {
      folder,
      takesFrame: false,
      ...(order && { order }),
      signal: AbortSignal.timeout(patienceMs),
      log: pino({ level: 'silent' }),
      onFailure() {},
    })
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

async function check(expected: HardFile['expected'], outcome: Outcome): Promise<void> {
  if ('refused' in expected) {
    assert.ok(outcome instanceof DomainError, wordsOf(outcome))
    assert.equal(outcome.code, expected.refused, outcome.message)
    if (expected.words) assert.match(outcome.message, expected.words)
    return
  }
  assert.ok(!(outcome instanceof DomainError), wordsOf(outcome))
  const codes = new Set(outcome.warnings.map(({ code }) => code))
  assert.deepEqual([...codes].toSorted(), expected.warnings.toSorted())
  if (expected.words) assert.match(outcome.warnings.map(({ message }) => message).join('\n'), expected.words)
  assert.equal(outcome.mp3s.length, expected.mp3s.length)
  for (const [index, { path, mp3 }] of outcome.mp3s.entries())
    await checkMp3(expected.mp3s[index]!, { filename: mp3.filename, path })
}

export function expectedWords(expected: ExpectedMp3s | ExpectedRefusal): string {
  if ('refused' in expected) return expected.refused
  const lengths = expected.mp3s.map(({ seconds }) => (seconds === undefined ? 'an MP3' : `${seconds} s`))
  return [lengths.join(', '), ...expected.warnings].join('; ')
}

function wordsOf(outcome: Outcome): string {
  if (outcome instanceof DomainError) return `${outcome.code}: ${outcome.message}`
  const lengths = outcome.mp3s.map(({ mp3 }) => `${(mp3.sampleCount / mp3.sampleRateHz).toFixed(1)} s`)
  return [lengths.join(', '), ...outcome.warnings.map(({ code }) => code)].join('; ')
}
