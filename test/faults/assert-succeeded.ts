/** What most scenarios expect of every conversion. */
import assert from 'node:assert/strict'
import type { Verdict } from './oracle.ts'

export function assertAllSucceeded({ documents }: Verdict): void {
  const others = documents.filter(({ status }) => status !== 'SUCCEEDED')
  assert.deepEqual(
    others.map(({ _id, status, failure, crashes, failures }) => ({
      _id,
      status,
      failure,
      crashes,
      failures,
    })),
    [],
  )
}
