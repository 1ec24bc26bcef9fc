/** The main job on a cluster: what the command line sends to the router becomes an MP3, and a mail tells of it. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { awaitMail, awaitVerificationToken } from '#test/harness/await-mail.ts'
import { decodedSeconds } from '#test/harness/decoded-audio.ts'
import { earshotOf, type EarshotClient } from '#test/harness/earshot-client.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { clusterInbox } from './cluster-addresses.ts'
import { forwardRouter } from './forwarded-router.ts'

const password = 'correct horse battery staple'
const email = `cluster-${Date.now()}@example.com`

describe('Earshot on a cluster', () => {
  const open = new AsyncDisposableStack()
  let directory: string
  let earshot: EarshotClient
  before(async () => {
    directory = open.use(await createTemporaryDirectory()).path
    const { publicUrl } = open.use(await forwardRouter())
    earshot = earshotOf({ system: { publicUrl }, directory }, { config: 'config' })
  })
  after(() => open.disposeAsync())

  it('takes a new account, whose address the mail in the inbox verifies', async () => {
    const signUp = await earshot.run(['sign-up', '--email', email, '--password-stdin'], `${password}\n`)
    assert.equal(signUp.code, 0, signUp.stderr)
    const token = await awaitVerificationToken(await clusterInbox(), email)
    const verified = await earshot.run(['verify', '--token', token])
    assert.equal(verified.code, 0, verified.stderr)
  })

  it('converts a file to an MP3 as long as its audio, and mails its link', async () => {
    const video = await makeSample(directory, 'mp4-aac')
    const { code, stderr } = await earshot.run(['convert', video])
    assert.equal(code, 0, stderr)
    const mp3 = join(directory, 'mp4-aac.mp3')
    assert.ok(Math.abs((await decodedSeconds(mp3)) - (await decodedSeconds(video))) <= 1152 / 44_100)
    const mail = await awaitMail(await clusterInbox(), email, /mp3/i)
    const [link] = /http:\/\/localhost:4000\/\S+/.exec(mail.text ?? '') ?? []
    const page = await fetch(link!)
    assert.equal(page.status, 200)
  })
})
