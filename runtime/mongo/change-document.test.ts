import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { become, changeDocument, refuse, type StoredDocument } from './change-document.ts'

interface Counter {
  readonly revision: number
  readonly count: number
}

/** A stored counter that others raise just before the given replacements. */
function rig(stored: Counter | null, othersBefore: readonly number[] = []) {
  const state = { stored, replacements: 0 }
  const document: StoredDocument<Counter> = {
    read: async () => state.stored,
    async replace(read, next) {
      if (othersBefore.includes(state.replacements++)) state.stored = raised(state.stored!)
      if (state.stored!.revision !== read.revision) return false
      state.stored = next
      return true
    },
  }
  return { document, state }
}

const raised = ({ revision, count }: Counter): Counter => ({ revision: revision + 1, count: count + 1 })
const raise = (current: Counter) => (current.count < 3 ? become(raised(current)) : refuse('FULL'))

describe('changing a stored document', () => {
  it('stores what was decided, and hands it back', async () => {
    const { document, state } = rig({ revision: 1, count: 0 })
    assert.deepEqual(await changeDocument(document, raise), become({ revision: 2, count: 1 }))
    assert.deepEqual(state.stored, { revision: 2, count: 1 })
  })

  it('decides again on what others made of it meanwhile', async () => {
    const { document, state } = rig({ revision: 1, count: 0 }, [0, 1])
    assert.deepEqual(await changeDocument(document, raise), become({ revision: 4, count: 3 }))
    assert.equal(state.replacements, 3)
  })

  it('may be refused by what others made of it meanwhile', async () => {
    const { document } = rig({ revision: 1, count: 2 }, [0])
    const full = { revision: 2, count: 3 }
    assert.deepEqual(await changeDocument(document, raise), { ...refuse('FULL'), record: full })
  })

  it('stores nothing where the document shows the effect already', async () => {
    const { document, state } = rig({ revision: 1, count: 1 })
    assert.deepEqual(await changeDocument(document, become), become(state.stored))
    assert.equal(state.replacements, 0)
  })

  it('says so when there is no such document', async () => {
    const { document } = rig(null)
    assert.deepEqual(await changeDocument(document, raise), { ...refuse('UNKNOWN'), record: null })
  })
})
