/** `npm run trust -- FILE…`: prints the manifest of the operations in these files, or of our own clients' without any. */
import { readFile } from 'node:fs/promises'
import { manifestOf } from './trusted-documents.ts'

const own = ['#schema/operations/cli.graphql', '#router/pages/pages.graphql'].map(
  (name) => new URL(import.meta.resolve(name)),
)
const given = process.argv.slice(2)
const texts = await Promise.all((given.length > 0 ? given : own).map((path) => readFile(path, 'utf8')))
process.stdout.write(`${JSON.stringify(manifestOf(texts), null, 2)}\n`)
