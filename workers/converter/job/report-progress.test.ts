import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConversionDocument, Progress } from '#schema/documents/conversion-document.ts'
import { claim, queuedConversion, after as transitioned } from '#ledger/testing/sample-records.ts'
import { createReportProgress } from './report-progress.ts'

const running = transitioned(queuedConversion, claim(0)) as ConversionDocument
const progress = (percent: number): Progress => ({ percent, speed: 60, etaMs: 1_000 })

describe('the progress that is told to subscribers', () => {
  it('is the first, and then one each 400 ms, however many segments report; of each attempt for itself', () => {
    let nowMs = 0
    const told: [string, number][] = []
    const reportProgress = createReportProgress(
      {
        publishTransient({ routingKey, body }) {
          told.push([routingKey, (body as { progress: Progress }).progress.percent])
        },
      },
      () => nowMs,
    )
    const [one, other] = [reportProgress(running), reportProgress({ ...running, _id: 'other' })]
    const [oneKey, otherKey] = [`conversion.${running._id}`, 'conversion.other']
    for (const [atMs, percent] of [
      [0, 1],
      [399, 2],
      [400, 3],
      [799, 4],
      [2_000, 5],
    ] as const) {
      nowMs = atMs
      one(progress(percent))
    }
    other(progress(6))
    assert.deepEqual(told, [
      [oneKey, 1],
      [oneKey, 3],
      [oneKey, 5],
      [otherKey, 6],
    ])
  })
})
