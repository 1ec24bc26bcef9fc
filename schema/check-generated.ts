/** Fails when schema/generated is not what its sources give today. */
import { readdir, readFile } from 'node:fs/promises'
import { generate } from './generate.ts'

const folder = new URL('generated/', import.meta.url)
const names = await readdir(folder)
const committed = new Map(
  await Promise.all(
    names.map(async (name) => [name, await readFile(new URL(name, folder), 'utf8')] as const),
  ),
)
const fresh = await generate()
const stale = [...new Set([...committed.keys(), ...fresh.keys()])].filter(
  (name) => committed.get(name) !== fresh.get(name),
)
if (stale.length > 0) {
  console.error(
    `Stale in schema/generated: ${stale.join(', ')}. Run npm run generate, and commit what it writes.`,
  )
  process.exitCode = 1
}
