/** Which packages may be part of this project, by their licences (SPDX identifiers and expressions). */

export interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>
}

/** Those that ask for no more than their text to be kept. */
const agreed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
])

/** By name: a package that says it elsewhere than npm expects, or whose terms were read and do for what it is used for here. */
const agreedByName: Readonly<Record<string, string>> = {
  // MIT, named in an older way.
  async: 'unnamed',
  'combine-errors': 'unnamed',
  'xmlhttprequest-ssl': 'unnamed',
  // Free to use and to change, but not to be offered to others as a managed service of its own.
  '@apollo/composition': 'Elastic-2.0',
  '@apollo/federation-internals': 'Elastic-2.0',
  '@apollo/gateway': 'Elastic-2.0',
  '@apollo/query-graphs': 'Elastic-2.0',
  '@apollo/query-planner': 'Elastic-2.0',
  // Data on browsers, for tools of development.
  'caniuse-lite': 'CC-BY-4.0',
  // In the public domain.
  'railroad-diagrams': 'CC0-1.0',
}

/** `name@version: licence` of each package that is not agreed to. */
export function unagreedPackages({ packages }: LockFile): string[] {
  return Object.entries(packages).flatMap(([path, { version, license = 'unnamed' }]) => {
    const name = path.split('node_modules/').at(-1)!
    const isOurs = path === ''
    return isOurs || isAgreed(license) || agreedByName[name] === license
      ? []
      : [`${name}@${version}: ${license}`]
  })
}

/** Of alternatives one is enough; of what holds together everything is needed. Deeper expressions are for a person to read. */
function isAgreed(expression: string): boolean {
  const alternatives = expression.replace(/^\((.*)\)$/, '$1').split(' OR ')
  return alternatives.some((alternative) =>
    alternative.split(' AND ').every((licence) => agreed.has(licence)),
  )
}
