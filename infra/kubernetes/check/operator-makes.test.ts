/** Whatever the manifests want of an operator is said where an operator looks. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { checkout } from '#infra/local/folders.ts'

const wanted = [
  // Labels of others' namespaces, Secrets and ConfigMaps that no manifest makes.
  /\b(earshot-[a-z]+): 'true'/g,
  /secretName: ([\w-]+)/g,
  /secretKeyRef: \{ name: ([\w-]+)/g,
  /secretTargetRef: \[\{ parameter: \w+, name: ([\w-]+), key: \w+ \}/g,
  /key: (KEDA_\w+)/g,
  /certificateRefs: \[\{ name: ([\w-]+)/g,
  /configMap: \{ ?name: (private-\w+)/g,
]

it('the page on infra names every Secret, ConfigMap and label that the manifests want of an operator', () => {
  const folder = join(checkout, 'infra/kubernetes')
  const text = globSync('{base,components,overlays}/**/*.yaml', { cwd: folder })
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n')
  const found = wanted.map((pattern) => new Set(Array.from(text.matchAll(pattern), ([, name]) => name!)))
  for (const [index, names] of found.entries()) assert.ok(names.size > 0, String(wanted[index]))
  const page = readFileSync(join(checkout, 'infra/README.md'), 'utf8')
  const unsaid = found.flatMap((names) => [...names]).filter((name) => !page.includes(`\`${name}`))
  assert.deepEqual(unsaid, [])
})
