// Starts from whatever Node is here (20 or newer): installs the packages when they are stale, then hands over to a
// main.ts on the Node that the lock file brings. Plain JavaScript without dependencies for that reason.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..')
const mains = {
  'test/runner/main.ts': ['test', 'faults', 'corpus', 'attacks'],
  'infra/images/main.ts': ['images'],
  'infra/cluster/main.ts': ['cluster'],
  'test/cluster/main.ts': ['test:cluster'],
  'infra/local/main.ts': [],
}
const verb = process.argv[2]
const main = join(
  root,
  Object.keys(mains).find((file) => mains[file].includes(verb)) ?? 'infra/local/main.ts',
)
const lockedNode = join(root, 'node_modules/.bin/node')

const major = Number(process.versions.node.split('.')[0])
if (major < 20)
  fail(`Node ${process.versions.node} is too old: install Node 20 or newer (https://nodejs.org).`)
if (packagesAreStale()) installPackages()

const node = existsSync(lockedNode) ? lockedNode : process.execPath
if (node === process.execPath || realpathSync(node) === realpathSync(process.execPath)) {
  if (major < 24) fail('No Node 24 came with the packages for this platform: run this with Node 24 or newer.')
  module.enableCompileCache(join(root, '.local/compile-cache'))
  await import(pathToFileURL(main).href)
} else {
  handOver()
}

/** Compares the lock file with npm's own record of what it installed; optional packages may be absent. */
function packagesAreStale() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const installed = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).some(([path, { optional, version }]) => {
      if (path === '' || (optional && installed[path] === undefined)) return false
      return installed[path]?.version !== version
    })
  } catch (error) {
    if (error.code === 'ENOENT') return true
    throw error
  }
}

/** Runs npm on the caller's own Node: the one under node_modules is about to be replaced. */
function installPackages() {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter)
  console.error('set-up: npm packages, by npm ci (about 830 MB on disk)')
  const startedAt = performance.now()
  const { status, error } = spawnSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (error !== undefined) fail(`npm cannot be run (${error.message}): install npm, then try again.`)
  if (status !== 0)
    fail('npm ci failed: see above. It needs the package registry that npm is configured for.')
  console.error(`set-up: npm packages: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}

/** Runs main.ts on the locked Node, passes signals on, and ends as it ends. */
function handOver() {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`${node} cannot be run: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
