/** Judges the files of a group, each in a test of its own, and leaves the group's row in the table of the long run. */
import assert from 'node:assert/strict'
import { appendFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { checkAudio } from './check-audio.ts'
import type { CorpusFile, Expected } from './corpus-file.ts'
import { judgeFile, type Judgement } from './judge-file.ts'
import { createPipeline, type Pipeline } from './pipeline.ts'
import { createTally } from './tally.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'

/** The long run sets it, and the file that gets a line of JSON for each group. */
export const isLongRun = process.env['CORPUS_LONG'] === '1'
const resultsFile = process.env['CORPUS_RESULTS']

/** What ffmpeg takes at most, with its libraries; a limit of a gigabyte of addresses keeps it there. */
const mostMemoryMb = 400

export interface CorpusOptions {
  readonly takesFrame?: boolean
  /** Looks for what must not be there. @returns what was found, in words. */
  readonly leaks?: (judgement: Judgement, folder: string) => Promise<readonly string[]>
}

export function testCorpus(
  group: string,
  files: readonly CorpusFile[],
  { leaks, takesFrame = false }: CorpusOptions = {},
): void {
  describe(group, { concurrency: 2 }, () => {
    const tally = createTally(group)
    let directory: TemporaryDirectory
    let pipeline: Pipeline
    before(async () => {
      directory = await createTemporaryDirectory()
      pipeline = await createPipeline(pino({ level: 'silent' }))
    })
    after(async () => {
      await directory[Symbol.asyncDispose]()
      if (resultsFile !== undefined) await appendFile(resultsFile, `${JSON.stringify(tally.result())}\n`)
    })
    for (const [index, file] of files.filter(({ inShortRun }) => isLongRun || inShortRun).entries()) {
      it(file.name, async () => {
        const folder = join(directory.path, `file-${index}-of-${group.replaceAll(/\W/g, '-')}`)
        await mkdir(folder)
        const path = await file.make(folder)
        const judgement = await judgeFile(path, folder, pipeline, { takesFrame })
        const leaked = [...judgement.left, ...((await leaks?.(judgement, folder)) ?? [])]
        tally.add(judgement, leaked.length)
        await check(file.expected, path, judgement, leaked)
        await rm(folder, { recursive: true })
      })
    }
  })
}

async function check(
  expected: Expected,
  path: string,
  { outcome, crash, peakMemoryMb, said }: Judgement,
  leaked: readonly string[],
): Promise<void> {
  assert.equal(crash, null, said)
  assert.deepEqual(leaked, [])
  assert.ok(peakMemoryMb <= mostMemoryMb, `${peakMemoryMb} MB`)
  assert.ok(outcome.kind === 'converted' || outcome.kind === 'refused', `${outcome.kind}: ${said}`)
  if (expected === 'any clean outcome') return
  if ('refused' in expected) {
    assert.ok(outcome.kind === 'refused', `${outcome.kind}, instead of refused as ${expected.refused.join()}`)
    assert.ok(expected.refused.includes(outcome.code), `${outcome.code}: ${said}`)
  } else {
    assert.equal(outcome.kind, 'converted', said)
    if (outcome.kind === 'converted') await checkAudio(expected, path, outcome)
  }
}
