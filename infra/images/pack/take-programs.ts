/**
 * `node take-programs.ts BASE-PACKAGES TARGET NAME…`, while images are built: copies installed programs and the libraries that they
 * load into TARGET, at the same places, but for what is of the base. A whole ffmpeg package brings a desktop's drivers and a
 * compiler with it, and is three times as large. What the files are from is told in dpkg's status.d, where scanners look.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const [basePackages, target, ...names] = process.argv.slice(2)
if (basePackages === undefined || target === undefined || names.length === 0)
  throw new Error('Usage: node take-programs.ts BASE-PACKAGES TARGET NAME…')
const output = (command: string, args: readonly string[]) => execFileSync(command, args, { encoding: 'utf8' })

/** dpkg knows files by the paths that they were unpacked to: some in /lib, which is a link to /usr/lib. */
const owners = new Map(
  output('sh', ['-c', 'grep -H "" /var/lib/dpkg/info/*.list'])
    .split('\n')
    .map((line) => {
      const [, name = '', path = ''] = /\/([^/:]+)(?::\w+)?\.list:(.*)$/.exec(line) ?? []
      return [path.replace(/^\/(lib|bin|sbin)\//, '/usr/$1/'), name]
    }),
)
const ofTheBase = new Set(readFileSync(basePackages, 'utf8').split('\n'))

const programs = names.map((name) => output('which', [name]).trim())
/** A line of ldd: `libx.so.1 => /lib/libx.so.1 (0x…)`. */
const libraries = programs.flatMap((path) =>
  Array.from(output('ldd', [path]).matchAll(/=> (\/\S+)/g), ([, library]) => library!),
)
const taken = new Set<string>()
for (const path of new Set([...programs, ...libraries])) {
  const owner = owners.get(realpathSync(path))
  if (owner === undefined) throw new Error(`${path} is of no package`)
  if (ofTheBase.has(owner)) continue
  taken.add(owner)
  // Under the name that it is loaded by, and never through a link of the folder.
  const place = join(target, realpathSync(dirname(path)), basename(path))
  mkdirSync(dirname(place), { recursive: true })
  copyFileSync(path, place)
}
const statuses = join(target, 'var/lib/dpkg/status.d')
mkdirSync(statuses, { recursive: true })
for (const owner of taken) writeFileSync(join(statuses, owner), output('dpkg-query', ['--status', owner]))
console.log(`${names.join(', ')} are of ${taken.size} packages`)
