/** What a program of ours needs at run time: the files that its roots reach, what lies beside them, and the packages they import. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative } from 'node:path'

export interface ServiceFiles {
  /** From the checkout's root, sorted. */
  readonly files: readonly string[]
  /** Names of npm packages, sorted. */
  readonly packages: readonly string[]
}

/** Types are gone by then, so that what is imported for its type alone is not counted. */
const imported =
  /^(?:import|export)\s[\w\s{},*$]*\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport(?:\.meta\.resolve)?\(\s*['"`]([^'"`]+)/gm

/** @param roots Modules, from the checkout's root. @throws Error where a file of ours is imported that is not there. */
export function serviceFiles(checkout: string, roots: readonly string[]): ServiceFiles {
  const { imports } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    imports: Readonly<Record<string, string>>
  }
  const packages = new Set<string>()
  const folders = new Set<string>()
  const modules = new Set<string>()
  const visit = (module: string) => {
    if (modules.has(module)) return
    modules.add(module)
    folders.add(dirname(module))
    for (const specifier of specifiersOf(join(checkout, module))) {
      const file = ownFile(specifier, module, imports)
      if (file === undefined) {
        if (!specifier.startsWith('node:')) packages.add(packageOf(specifier))
      } else if (file.endsWith('.ts')) visit(file)
      else folders.add(dirname(file))
    }
  }
  roots.forEach(visit)
  const data = [...folders].flatMap((folder) => dataIn(checkout, folder))
  return { files: [...modules, ...data].toSorted(), packages: [...packages].toSorted() }
}

function specifiersOf(file: string): string[] {
  if (!existsSync(file)) throw new Error(`${file} is imported, and is not there`)
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'))
  return Array.from(code.matchAll(imported), ([, names, nothing, called]) => names ?? nothing ?? called!)
}

/** Undefined for what is not ours. */
function ownFile(
  specifier: string,
  importer: string,
  imports: Readonly<Record<string, string>>,
): string | undefined {
  if (specifier.startsWith('./')) return join(dirname(importer), specifier)
  const layer = /^#[^/]+\//.exec(specifier)?.[0]
  if (layer === undefined) return undefined
  const folder = imports[`${layer}*`]
  if (folder === undefined)
    throw new Error(`${importer} imports ${specifier}, and package.json has no ${layer}*`)
  return join(folder.slice(0, -1), specifier.slice(layer.length))
}

const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** Pages, schemas, lists: read by the modules that they lie beside. */
const dataIn = (checkout: string, folder: string): string[] =>
  globSync('*', { cwd: join(checkout, folder), withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
    .map((entry) => relative(checkout, join(entry.parentPath, entry.name)))
