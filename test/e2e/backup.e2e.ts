/** A system is backed up while it is used, and goes on from the backup: in another database, with an empty broker. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { waitUntil } from '#runtime/process/wait-until.ts'
import * as operations from '#schema/generated/operations.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'
import * as user from '#test/harness/api-user.ts'
import { awaitMail } from '#test/harness/await-mail.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { shortPeriods } from '#test/harness/short-periods.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'

const admin = fileURLToPath(import.meta.resolve('#infra/admin/main.ts'))

async function runAdmin(args: readonly string[], { url }: { readonly url: string }): Promise<string> {
  const env = { ...process.env, MONGODB_URL: url }
  return (await promisify(execFile)(process.execPath, [admin, ...args], { env })).stdout
}

async function sha256Of(url: string): Promise<string> {
  const response = await fetch(url)
  assert.equal(response.status, 200, url)
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex')
}

describe('a backup', () => {
  const owned = new AsyncDisposableStack()
  let running: RunningSystem
  let restored: TestDatabase
  let someone: user.ApiUser
  /** What was done before the backup: all, all but the mail, and nothing yet. */
  const ids = { done: '', unmailed: '', queued: '' }
  let known: { readonly sha256: string; readonly mailedLink: string }

  const service = (name: string) => running.system.services.get(name)!
  const readConversion = async (id: string) =>
    (await someone.api.run(operations.ConversionDocument, { id })).conversion!

  before(async () => {
    running = owned.use(await startTestSystem({ serviceEnv: shortPeriods }))
    restored = owned.use(createTestDatabase())
    const { system, directory } = running
    someone = await registerVerifiedUser(system.publicUrl, system.inbox!)
    const path = await makeSample(directory, 'mp4-aac')
    const order = async (name: string) => {
      const { id } = await user.uploadFile(someone, path, { filename: `${name}.mp4` })
      return (await user.startConversion(someone, id)).id
    }
    ids.done = await order('first')
    const { text } = await awaitMail(system.inbox!, someone.email, /first\./)
    const mailedLink = /https?:\S+\/downloads\/\S+/.exec(text ?? '')![0]
    known = { mailedLink, sha256: (await readConversion(ids.done)).mp3s[0]!.sha256 }
    await service('mailer').stop()
    ids.unmailed = await order('second')
    await user.followConversion(someone.api, ids.unmailed)
    await service('converter').stop()
    ids.queued = await order('third')

    const backup = join(directory, 'backup')
    await runAdmin(['backup', backup], { url: system.deployment.mongodbUrl })
    const all = [...system.services.values()]
    await Promise.all(all.map((each) => each.stop()))
    const said = await runAdmin(['restore', backup, '--send-owed-mails'], restored)
    assert.match(said, /is restored\. Start the services now/)
    const stores = {
      MONGODB_URL: restored.url,
      RABBITMQ_URL: owned.use(await createTestVhost()).url,
    }
    await Promise.all(all.map((each) => each.restart(stores)))
  })
  after(() => owned.disposeAsync())

  it('keeps everybody signed in, and every MP3 as it was, by new links and by those that were mailed', async () => {
    const { mp3s } = await readConversion(ids.done)
    assert.equal(await sha256Of(mp3s[0]!.downloadUrl), known.sha256)
    assert.equal(await sha256Of(known.mailedLink), known.sha256)
    const { refreshToken } = someone
    const { refreshSession } = await someone.api.run(operations.RefreshSessionDocument, {
      input: { refreshToken },
    })
    someone.api.token = refreshSession.session!.accessToken
    assert.equal((await readConversion(ids.unmailed)).status, 'SUCCEEDED')
  })

  it('has what was ordered converted, though its command is gone with the broker', async () => {
    const updates = await user.followConversion(someone.api, ids.queued)
    const { status, mp3s, attempt } = updates.at(-1)!.conversion
    assert.deepEqual([status, attempt], ['SUCCEEDED', 1])
    assert.equal(await sha256Of(mp3s[0]!.downloadUrl), mp3s[0]!.sha256)
  })

  it('has each mail come once: those that came before it not again, and those that were owed now', async () => {
    await awaitMail(running.system.inbox!, someone.email, /third\./)
    await awaitMail(running.system.inbox!, someone.email, /second\./)
    const owed = { state: { $ne: 'SENT' } }
    const noneOwed = async () => (await restored.database.collection('mails').countDocuments(owed)) === 0
    await waitUntil('every mail is sent', noneOwed)
    const mails = await running.system.inbox!.mailsTo(someone.email)
    const names = mails.flatMap(({ subject }) => /(first|second|third)\./.exec(subject)?.[1] ?? [])
    assert.deepEqual(names.toSorted(), ['first', 'second', 'third'])
  })
})
