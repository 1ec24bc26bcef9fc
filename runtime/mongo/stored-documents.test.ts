import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import * as z from 'zod'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import { MalformedDocumentError, parseStored } from './stored-documents.ts'

describe('a stored document that is malformed', () => {
  function rig() {
    const logged: string[] = []
    const log = pino({}, { write: (line) => void logged.push(line) })
    return { logged, stored: parseStored(z.object({ _id: z.string(), count: z.int() }), 'things', log) }
  }
  const [good, malformed] = [
    { _id: 'good', count: 1 },
    { _id: 'malformed', count: 'one' },
  ]

  it('is left out of lists, and told of once, whichever way it is met', () => {
    const { logged, stored } = rig()
    assert.deepEqual(stored.many([malformed, good, malformed]), [good])
    assert.throws(() => stored.one(malformed), MalformedDocumentError)
    assert.equal(logged.length, 1)
    assert.match(logged[0]!, /"collection":"things","documentId":"malformed"/)
  })

  it('does not make a sweep fail that is led to it, nor keeps it from what comes after', async () => {
    const { stored } = rig()
    const seen: string[] = []
    const act = async (document: object) => void seen.push(stored.one(document)!._id)
    await sweepOver([malformed, good], new AbortController().signal, act)
    assert.deepEqual(seen, ['good'])
  })

  it('does not hide another failure of the sweep', async () => {
    const { stored } = rig()
    const act = async (document: object) => {
      stored.one(document)
      throw new Error('no database')
    }
    await assert.rejects(sweepOver([malformed, good], new AbortController().signal, act), /no database/)
  })
})
