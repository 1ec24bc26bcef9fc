import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { sliceBytes } from './slice-bytes.ts'

it('cuts any stream into pieces of one size, losing and adding nothing', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 40 }), async (source, size) => {
      async function* stream() {
        yield* source
      }
      const cut = await Array.fromAsync(sliceBytes(stream(), size))
      assert.ok(Buffer.concat(cut).equals(Buffer.concat(source)))
      assert.ok(cut.slice(0, -1).every((piece) => piece.length === size))
      assert.ok(cut.every((piece) => piece.length > 0 && piece.length <= size))
    }),
  )
})
