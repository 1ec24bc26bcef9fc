/** `node test/corpus/write-page.ts FILE`: writes the table of docs/corpus.md, from what a long run has left by `--json FILE`. */
import { readFile, writeFile } from 'node:fs/promises'
import type { KindResult } from '#test/corpus/hard/test-hard-files.ts'
import { pagePath, withTable } from './corpus-page.ts'

const results = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as KindResult[]
const ofHardFiles = results.filter((result) => 'kind' in result)
await writeFile(pagePath, withTable(await readFile(pagePath, 'utf8'), ofHardFiles))
