/** `npm run generate`: writes schema/generated anew, and removes what is no longer made. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { generate } from './generate.ts'

const folder = new URL('generated/', import.meta.url)
const files = await generate()
await mkdir(folder, { recursive: true })
for (const name of await readdir(folder)) if (!files.has(name)) await rm(new URL(name, folder))
for (const [name, text] of files) await writeFile(new URL(name, folder), text)
