/** The command-line client's sessions and passwords against real processes, with mails in a real inbox. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { awaitMail, awaitVerificationToken } from '#test/harness/await-mail.ts'
import { earshotOf, type EarshotClient } from '#test/harness/earshot-client.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { shortPeriods } from '#test/harness/short-periods.ts'

const email = 'account@example.com'
const [first, second, third] = ['a long first password', 'a long second password', 'a long third password']

describe('accounts on the command line', () => {
  let running: RunningSystem
  let here: EarshotClient
  let there: EarshotClient
  before(async () => {
    running = await startTestSystem({ serviceEnv: shortPeriods })
    here = earshotOf(running, { config: 'here' })
    there = earshotOf(running, { config: 'there' })
    await done(here, ['sign-up', '--email', email, '--password-stdin'], first)
    await done(there, ['sign-in', '--email', email, '--password-stdin'], first)
  })
  after(() => running[Symbol.asyncDispose]())

  async function done(client: EarshotClient, args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await client.run(args, input)
    assert.equal(code, 0, stderr)
    return stdout
  }
  async function refused(client: EarshotClient, args: readonly string[], input?: string): Promise<string> {
    const { code, stderr } = await client.run(args, input)
    assert.notEqual(code, 0)
    return stderr
  }
  const signInThere = (password: string) =>
    done(there, ['sign-in', '--email', email, '--password-stdin'], password)

  interface SessionLine {
    readonly id: string
    readonly current: boolean
  }
  const sessionsOf = async (client: EarshotClient): Promise<SessionLine[]> =>
    (await done(client, ['sessions', '--json']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as SessionLine)

  it('lists the sessions, marks its own, and ends another by its id', async () => {
    const sessions = await sessionsOf(here)
    assert.equal(sessions.length, 2)
    const other = sessions.find(({ current }) => !current)!
    const lines = (await done(here, ['sessions'])).trim().split('\n')
    assert.equal(lines.length, 2)
    for (const line of lines)
      assert.match(
        line,
        /^\S+ {2}begun \d{4}-\d\d-\d\d \d\d:\d\d {2}used \d{4}-\d\d-\d\d \d\d:\d\d {2}earshot-cli on /,
      )
    assert.deepEqual(
      lines.map((line) => [line.split(' ')[0], line.endsWith('  this one')]),
      sessions.map(({ id, current }) => [id, current]),
    )
    assert.match(
      await refused(here, ['sign-out', '--session', 'nobody']),
      /run-it sessions \[SESSION_NOT_FOUND\]/,
    )
    assert.match(await refused(here, ['sign-out', '--session', other.id, '--all']), /not both/)
    assert.match(
      await done(here, ['sign-out', '--session', other.id]),
      new RegExp(`^Ended session ${other.id}`),
    )
    assert.deepEqual(
      (await sessionsOf(here)).map(({ current }) => current),
      [true],
    )
    assert.match(await refused(there, ['token']), /\[SESSION_ENDED\]/)
  })

  it('changes the password, stays signed in, and ends the sessions elsewhere', async () => {
    await signInThere(first)
    assert.match(
      await refused(here, ['change-password', '--password-stdin'], `not this one\n${second}\n`),
      /\[INVALID_CREDENTIALS\]/,
    )
    assert.match(
      await refused(here, ['change-password', '--password-stdin'], `${first}\n`),
      /password is empty/,
    )
    assert.match(
      await done(here, ['change-password', '--password-stdin'], `${first}\n${second}\n`),
      /^Changed .*example/,
    )
    assert.equal((await sessionsOf(here)).length, 1)
    assert.match(await refused(there, ['token']), /\[SESSION_ENDED\]/)
    await signInThere(second)
  })

  it('confirms the address by the link in its mail, signed in or by the password, and only then says so', async () => {
    const inbox = running.system.inbox!
    const link = `${running.system.publicUrl}/verify-email#token=${await awaitVerificationToken(inbox, email)}`
    const asked = await done(here, ['verify'])
    assert.match(
      asked,
      /on its way to account@example\.com.*\nWhen it is there: run-it verify --token LINK\n$/,
    )
    const nobody = earshotOf(running, { config: 'nobody' })
    assert.match(await refused(nobody, ['verify', '--token', link]), /--password-stdin/)
    assert.match(
      await refused(nobody, ['verify', '--token', link, '--password-stdin'], first),
      /INVALID_CREDENTIALS/,
    )
    assert.equal(
      await done(nobody, ['verify', '--token', link, '--password-stdin'], second),
      `Confirmed ${email}.\n`,
    )
    assert.equal(await done(here, ['verify', '--token', link]), `Confirmed ${email}.\n`)
    assert.equal(await done(here, ['verify']), `${email} is confirmed already.\n`)
    assert.match(await refused(here, ['verify', '--token', 'damaged']), /\[VERIFICATION_TOKEN_INVALID\]/)
  })

  it('sets a forgotten password by the link in the mail, once, and tells nobody which addresses have accounts', async () => {
    const nobody = earshotOf(running, { config: 'nobody' })
    const ask = (address: string) => done(nobody, ['reset-password', address])
    assert.equal((await ask('stranger@example.com')).replace('stranger', 'account'), await ask(email))
    const { text } = await awaitMail(running.system.inbox!, email, /password/i)
    const link = /\S+reset-password#token=\S+/.exec(text ?? '')![0]
    const set = ['reset-password', '--token', link, '--password-stdin']
    assert.match(await refused(nobody, set, 'short'), /\[BAD_USER_INPUT\]/)
    assert.match(await done(nobody, set, third), /^Set the password of account@.*run-it sign-in\n$/)
    assert.match(await refused(nobody, set, third), /\[PASSWORD_RESET_TOKEN_INVALID\]/)
    assert.match(await refused(nobody, ['reset-password']), /run-it reset-password EMAIL/)
    assert.match(await refused(here, ['token']), /\[SESSION_ENDED\]/)
    await signInThere(third)
  })

  it('signs out everywhere, and forgets its own session', async () => {
    await done(here, ['sign-in', '--email', email, '--password-stdin'], third)
    assert.equal(await done(here, ['sign-out', '--all']), `Signed out ${email} everywhere.\n`)
    assert.match(await refused(there, ['token']), /\[SESSION_ENDED\]/)
    assert.match(await refused(here, ['sign-out', '--all']), /\[UNAUTHENTICATED\]/)
    assert.equal(await done(here, ['sign-out']), 'Nobody was signed in.\n')
  })

  it('removes an account with everything that is its user’s, though media was away when it was told', async () => {
    const leaving = earshotOf(running, { config: 'leaving' })
    const signUp = ['sign-up', '--email', 'leaving@example.com', '--password-stdin']
    await done(leaving, signUp, first)
    const video = await makeSample(running.directory, 'mp4-aac')
    await done(leaving, ['convert', video])
    const { url } = await ownMp3(leaving)
    assert.equal((await fetch(url)).status, 200)
    assert.match(
      await refused(leaving, ['delete-account', '--password-stdin'], second),
      /\[INVALID_CREDENTIALS\]/,
    )
    const media = running.system.services.get('media')!
    await media.stop()
    assert.match(
      await done(leaving, ['delete-account', '--password-stdin'], first),
      /^Removed the account leaving@example\.com;/,
    )
    assert.equal(await done(leaving, ['sign-out']), 'Nobody was signed in.\n')
    await media.restart()
    const stored = ['fs.files', 'fs.chunks', 'blobs'].map((name) => running.database.collection(name))
    const left = async () => await Promise.all(stored.map((each) => each.countDocuments()))
    const isGone = async () => (await left()).every((count) => count === 0)
    await waitUntil('its bytes are gone', isGone, { withinMs: 60_000, everyMs: 200 })
    assert.notEqual((await fetch(url)).status, 200)
    await done(leaving, signUp, second)
    assert.equal(await done(leaving, ['list']), '')
  })

  async function ownMp3(client: EarshotClient): Promise<{ readonly url: string }> {
    const [line] = (await done(client, ['list', '--json'])).trim().split('\n')
    const { mp3s } = JSON.parse(line!) as { mp3s: [{ downloadUrl: string }] }
    return { url: mp3s[0].downloadUrl }
  }
})
