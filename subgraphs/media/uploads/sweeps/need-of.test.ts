import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { conversionStatuses, finishedStatuses } from '#schema/documents/conversion-document.ts'
import { after, claim, corrupt, mp3, queuedConversion } from '#ledger/testing/sample-records.ts'
import { needOf } from './need-of.ts'

const source = { _id: queuedConversion.source.uploadId, purpose: 'SOURCE' } as const
const running = after(queuedConversion, claim(0))
const failed = after(running, { type: 'fail', leaseId: 'lease-1', failure: corrupt })
const cancelled = after(queuedConversion, { type: 'cancel' })
const succeeded = after(running, { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] })

const finishedAt = (failed as { readonly finishedAt: Date }).finishedAt.getTime()
const weekMs = 7 * 24 * 3_600_000
const aWeekLater = new Date(finishedAt + weekMs)

describe('the need of a conversion for its source', () => {
  it('lasts until the conversion has finished, whatever the status it finished in', () => {
    const records = [queuedConversion, running, succeeded, failed, cancelled]
    assert.deepEqual(
      records.map(({ status }) => status),
      conversionStatuses,
    )
    const over = records.filter((record) => needOf(record, source, aWeekLater) !== 'needed')
    assert.deepEqual(
      over.map(({ status }) => status),
      finishedStatuses,
    )
  })

  it('lasts a week longer where the conversion failed', () => {
    assert.equal(needOf(failed, source, new Date(finishedAt + weekMs - 1)), 'needed')
    assert.equal(needOf(failed, source, aWeekLater), 'served')
  })

  it('ends without the source having served when the conversion is cancelled', () => {
    assert.equal(needOf(cancelled, source, aWeekLater), 'unneeded')
  })

  it('is not there for an upload that another request pinned under the same key', () => {
    assert.equal(needOf(queuedConversion, { ...source, _id: 'another upload' }, aWeekLater), 'unneeded')
  })

  it('is assumed while the conversion is not there yet', () => {
    assert.equal(needOf(null, source, aWeekLater), 'needed')
  })
})
