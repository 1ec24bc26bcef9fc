/**
 * `node main.ts TARGET`, while images are built: makes a folder in TARGET for each program, with its files, the packages that they
 * import and the list of them (CycloneDX). Expects the packages of the lock file in node_modules.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { programNames, rootsOf, type ProgramName } from './programs.ts'
import { serviceFiles } from './service-files.ts'

const checkout = resolve(import.meta.dirname, '..', '..', '..')
/** Each process answers health checks by it, in containers that have no shell. */
const healthCheck = 'infra/images/health/main.ts'

/** Of packages, a third of their size: for those who write programs. */
const unread = [
  '-type',
  'f',
  '(',
  '-name',
  '*.map',
  '-o',
  '-name',
  '*.d.[cm]ts',
  '-o',
  '-name',
  '*.d.ts',
  ')',
]

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
}

const [target] = process.argv.slice(2)
if (target === undefined) throw new Error('Usage: node main.ts TARGET')
const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Manifest
for (const name of programNames) pack(join(target, name), name)

function pack(folder: string, name: ProgramName): void {
  const { files, packages } = serviceFiles(checkout, rootsOf(name))
  for (const file of [...files, healthCheck, 'package-lock.json']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(checkout, file), join(folder, file))
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestFor(packages), null, 2)}\n`)
  // Links instead of copies: each program keeps a part of the same packages. npm replaces files, but for its list of them.
  execFileSync('cp', ['--archive', '--link', join(checkout, 'node_modules'), folder])
  rmSync(join(folder, 'node_modules/.package-lock.json'))
  npm(folder, ['prune', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--offline'])
  execFileSync('find', [join(folder, 'node_modules'), ...unread, '-delete'])
  const sbom = npm(folder, ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application'])
  writeFileSync(join(folder, 'sbom.cdx.json'), sbom)
  console.log(`${name}: ${files.length} files, ${packages.length} packages and what those need`)
}

/** What it does not import is no dependency of it, and npm removes it. */
function manifestFor(packages: readonly string[]): object {
  const { dependencies, ...rest } = manifest
  const own = Object.fromEntries(
    packages.map((name) => {
      const version = dependencies[name]
      if (version === undefined) throw new Error(`${name} is imported, and is no dependency in package.json`)
      return [name, version]
    }),
  )
  return { ...rest, dependencies: own, devDependencies: {}, optionalDependencies: {}, scripts: {} }
}

function npm(cwd: string, args: readonly string[]): string {
  return execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
