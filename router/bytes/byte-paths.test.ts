import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isBytePath } from './byte-paths.ts'

describe('a path that leads to bytes', () => {
  it('is an upload or a download, or where uploads are created', () => {
    for (const path of ['/uploads', '/uploads/0/secret', '/uploads?x=1', '/downloads/token', '/uploads/%zz'])
      assert.equal(isBytePath(path), true, path)
  })

  it('is nothing that only begins like one', () => {
    for (const path of ['/', '/graphql', '/uploads-of-others', '/my/uploads', '/downloadable/token'])
      assert.equal(isBytePath(path), false, path)
  })
})
