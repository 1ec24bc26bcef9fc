/** Fails when a package of the lock file has a licence that nobody has agreed to. */
import { readFile } from 'node:fs/promises'
import { unagreedPackages, type LockFile } from './unagreed-packages.ts'

const file = new URL('../../package-lock.json', import.meta.url)
const unagreed = unagreedPackages(JSON.parse(await readFile(file, 'utf8')) as LockFile)
if (unagreed.length > 0) {
  console.error(
    `Licences that nobody has agreed to (infra/licences/unagreed-packages.ts):\n${unagreed.join('\n')}`,
  )
  process.exitCode = 1
}
