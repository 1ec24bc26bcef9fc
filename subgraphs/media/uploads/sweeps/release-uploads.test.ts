import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import {
  conversionStatuses,
  finishedStatuses,
  type FinishedConversion,
} from '#schema/documents/conversion-document.ts'
import { createUploadRelease } from './release-uploads.ts'

/** Does not compile when a conversion can finish in a status that the list does not name. */
const isListed = (status: FinishedConversion['status']): (typeof finishedStatuses)[number] => status

/** Tells a release of changes; which uploads it looked at, and what it logged. */
function rig(read: (id: string) => Promise<null>) {
  const looked: string[] = []
  const logged: string[] = []
  const nothing = () => assert.fail('there is no upload')
  const release = createUploadRelease({
    uploadStore: {
      read: (id) => {
        looked.push(id)
        return read(id)
      },
      each: nothing,
      change: nothing,
    },
    readConversion: nothing,
    handOverBlobs: nothing,
    log: pino({}, { write: (line: string) => void logged.push(line) }),
  })
  return { release, looked, logged }
}

describe('a change of a conversion', () => {
  it('has its upload looked at where the conversion has finished, whatever the status it finished in', () => {
    const { release, looked } = rig(async () => null)
    for (const status of conversionStatuses) release.conversionChanged({ status, uploadId: status })
    assert.deepEqual(looked.toSorted(), finishedStatuses.map(isListed).toSorted())
  })

  it('leaves the upload to the sweep where it cannot be looked at', async () => {
    const { release, logged } = rig(() => Promise.reject(new Error('no database')))
    release.conversionChanged({ status: 'SUCCEEDED', uploadId: 'upload-1' })
    await new Promise((resolve) => setImmediate(resolve))
    assert.match(logged.join(), /upload-1.*until the next sweep/)
  })
})
