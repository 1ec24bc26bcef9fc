import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkMailDomain } from './check-mail-domain.ts'

type Records = Readonly<Record<string, readonly string[]>>

const good: Records = {
  'mail.example.com': ['google-site-verification=x', 'v=spf1 include:sendgrid.net -all'],
  's1._domainkey.mail.example.com': ['k=rsa; t=s; p=MIGf'],
  '_dmarc.example.com': ['v=DMARC1; p=reject'],
}

describe('the domain that mails come from', () => {
  const look = async (records: Records, dkimSelectors = ['s1']) => {
    const resolveTxt = async (name: string) => {
      const found = records[name]
      if (found === undefined)
        throw Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), { code: 'ENOTFOUND' })
      // In two pieces, as the DNS cuts long ones.
      return found.map((text) => [text.slice(0, 9), text.slice(9)])
    }
    const found = await checkMailDomain({ domain: 'mail.example.com', dkimSelectors, resolveTxt })
    return found.map(({ state, text }) => `${state} ${text}`)
  }
  const changed = (name: string, ...records: string[]) => look({ ...good, [name]: records })

  it('is well where it names who sends, has a key, and says what to do with the rest', async () => {
    assert.deepEqual(await look(good), [
      'well SPF: v=spf1 include:sendgrid.net -all',
      'well DKIM: there is a key at s1._domainkey.mail.example.com',
      'well DMARC: v=DMARC1; p=reject',
    ])
  })

  it('is told what it lacks', async () => {
    assert.deepEqual(await look({}), [
      'failed SPF: mail.example.com has none',
      'failed DKIM: there is no key at s1._domainkey.mail.example.com',
      'failed DMARC: mail.example.com has none',
    ])
  })

  it('is told what is there and does not help', async () => {
    const spf = 'mail.example.com'
    assert.match((await changed(spf, 'v=spf1 -all', 'v=spf1 ~all'))[0]!, /^failed SPF: .* has 2/)
    for (const open of ['v=spf1 all', 'v=spf1 mx +all'])
      assert.match((await changed(spf, open))[0]!, /^mind SPF: .* lets everybody send/)
    assert.match(
      (await changed('s1._domainkey.mail.example.com', 'v=DKIM1; p='))[1]!,
      /^failed .* was revoked/,
    )
    assert.match((await changed('_dmarc.example.com', 'v=DMARC1; p=none'))[2]!, /^mind DMARC: .*p=none/)
  })

  it('is not called without keys where none were looked for', async () => {
    assert.match((await look(good, []))[1]!, /^mind DKIM: no key was looked up/)
  })

  it('is not called without records when the DNS does not answer', async () => {
    const resolveTxt = () => Promise.reject(Object.assign(new Error('timed out'), { code: 'ETIMEOUT' }))
    const mail = { domain: 'example.com', dkimSelectors: [], resolveTxt }
    await assert.rejects(checkMailDomain(mail), /timed out/)
  })
})
