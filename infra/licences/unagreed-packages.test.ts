import assert from 'node:assert/strict'
import { it } from 'node:test'
import { unagreedPackages } from './unagreed-packages.ts'

it('a package is agreed to by its licence, or by its name with the licence that was read', () => {
  const licensed = (license?: string) => ({ version: '1.0.0', ...(license !== undefined && { license }) })
  const packages = {
    '': licensed('none of these'),
    'node_modules/a': licensed('MIT'),
    'node_modules/a/node_modules/@b/c': licensed('(GPL-3.0 OR MIT)'),
    'node_modules/d': licensed('(MIT AND BSD-3-Clause)'),
    'node_modules/@apollo/gateway': licensed('Elastic-2.0'),
    'node_modules/e': licensed('GPL-3.0'),
    'node_modules/f': licensed('(MIT AND GPL-3.0)'),
    'node_modules/g': licensed(),
    'node_modules/h': licensed('Elastic-2.0'),
  }
  assert.deepEqual(unagreedPackages({ packages }), [
    'e@1.0.0: GPL-3.0',
    'f@1.0.0: (MIT AND GPL-3.0)',
    'g@1.0.0: unnamed',
    'h@1.0.0: Elastic-2.0',
  ])
})
