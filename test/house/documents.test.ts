/** The documents name what is there: files they link to, and npm scripts they tell to run. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'

const root = join(import.meta.dirname, '..', '..')
const documents = globSync('{*,docs/*}.md', { cwd: root })
const textOf = (document: string) => readFileSync(join(root, document), 'utf8')

describe('the documents', () => {
  it('link to files that exist', () => {
    assert.ok(documents.length >= 5)
    for (const document of documents) {
      for (const [, link] of textOf(document).matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
        const isFile = !/^https?:/.test(link!)
        if (isFile)
          assert.ok(existsSync(join(root, dirname(document), link!)), `${document} links to ${link}`)
      }
    }
  })

  it('tell to run npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
    for (const document of documents) {
      for (const [, script] of textOf(document).matchAll(/npm run (?:-s )?([\w:]+)/g))
        assert.ok(Object.hasOwn(scripts, script!), `${document} tells to run ${script}`)
    }
  })
})
