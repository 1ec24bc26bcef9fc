/** Fails when schema/generated is not what its sources give today. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('generated/', import.meta.url)
const read = () =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]))

const committed = read()
execFileSync('npm', ['run', '--silent', 'generate'], { stdio: 'inherit' })
const fresh = read()
const stale = [...fresh].filter(([name, text]) => committed.get(name) !== text).map(([name]) => name)
if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')} in schema/generated. They were written anew; commit them.`)
  process.exitCode = 1
}
