import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { DomainError } from '#runtime/domain-error.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { judgeFile } from './judge-file.ts'
import type { Pipeline } from './pipeline.ts'

async function judge(pipeline: Pipeline) {
  await using directory = await createTemporaryDirectory()
  return await judgeFile('source', directory.path, pipeline, { takesFrame: false })
}

it('sees a crash that the product did without', async () => {
  const { outcome, crash } = await judge(async (_path, { onFailure }) => {
    onFailure(Object.assign(new Error('a decoder died'), { signal: 'SIGSEGV' }))
    throw new DomainError('CORRUPT_FILE')
  })
  assert.deepEqual([outcome, crash], [{ kind: 'refused', code: 'CORRUPT_FILE' }, 'SIGSEGV'])
})

it('sees what is left behind, and what was said on the way', async () => {
  const { outcome, left, said } = await judge(async (_path, { folder, log }) => {
    await writeFile(join(folder, 'stray'), '')
    log.info({ tag: 'a secret' }, 'found')
    throw new Error('a bug', { cause: 'another secret' })
  })
  assert.deepEqual([outcome, left], [{ kind: 'broken' }, ['stray']])
  assert.match(said, /a secret.*another secret/s)
})
