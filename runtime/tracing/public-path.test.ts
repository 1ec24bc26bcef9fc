import assert from 'node:assert/strict'
import { it } from 'node:test'
import { publicPath, publicUrl } from './public-path.ts'

it('shows where a request went, and nothing that opens something', () => {
  assert.equal(publicPath('/graphql'), '/graphql')
  assert.equal(publicPath('/'), '/')
  assert.equal(publicPath('/uploads/1.SECRET'), '/uploads/…')
  assert.equal(publicPath('/downloads/TOKEN?download=1'), '/downloads/…')
  assert.equal(publicPath('/verify-email?token=TOKEN'), '/verify-email')
  assert.equal(publicPath('//host/SECRET'), '//…')
  assert.equal(publicUrl('http://media:4102', '/uploads/1.SECRET'), 'http://media:4102/uploads/…')
})
