/** Database names in MongoDB URLs. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withDatabase, withoutDatabase } from './database-url.ts'

describe('a MongoDB URL', () => {
  it('gets a database name where it has none', () => {
    assert.equal(withDatabase('mongodb://127.0.0.1:27017', 'earshot'), 'mongodb://127.0.0.1:27017/earshot')
    assert.equal(
      withDatabase('mongodb://a,b:2/?replicaSet=r', 'earshot'),
      'mongodb://a,b:2/earshot?replicaSet=r',
    )
    assert.equal(withDatabase('mongodb+srv://u:p@host/', 'earshot'), 'mongodb+srv://u:p@host/earshot')
  })

  it('keeps the name it has', () => {
    assert.equal(withDatabase('mongodb://host/mine?w=1', 'earshot'), 'mongodb://host/mine?w=1')
  })

  it('loses the name on demand', () => {
    assert.equal(withoutDatabase('mongodb://host:1/mine?w=1'), 'mongodb://host:1/?w=1')
    assert.equal(withoutDatabase('mongodb://host:1'), 'mongodb://host:1/')
  })

  it('is refused when it is none, without being repeated: it may hold a password', () => {
    for (const change of [(url: string) => withDatabase(url, 'earshot'), withoutDatabase]) {
      assert.throws(
        () => change('postgres://u:hush@host'),
        ({ message }: Error) => message.startsWith('MONGODB_URL') && !message.includes('hush'),
      )
    }
  })
})
