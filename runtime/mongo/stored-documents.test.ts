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

describe('a stored document of a newer version', () => {
  const schema = z.object({
    _id: z.string(),
    at: z.date(),
    parts: z.array(z.object({ name: z.string() })),
    lease: z.object({ id: z.string() }).nullable(),
  })
  const stored = parseStored(schema, 'things', pino({ level: 'silent' }))
  const newer = {
    _id: 'newer',
    at: new Date(7),
    added: { at: new Date(8), list: [1] },
    parts: [{ name: 'a', size: 1 }, { name: 'b' }],
    lease: { id: 'lease', since: 5 },
  }

  it('keeps the fields that this version does not know, at any depth, while what it knows is changed', () => {
    const read = stored.one(newer)!
    assert.deepEqual(read, newer)
    assert.deepEqual(
      { ...read, parts: read.parts.toReversed(), lease: null },
      {
        ...newer,
        parts: [{ name: 'b' }, { name: 'a', size: 1 }],
        lease: null,
      },
    )
  })
})
