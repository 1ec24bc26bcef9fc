import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { runInNewContext } from 'node:vm'

const html = readFileSync(new URL('reset-password.html', import.meta.url), 'utf8')
const script = /<script>([^]*)<\/script>/.exec(html)![1]!

interface FakeElement {
  textContent: string
  className: string
  value: string
  hidden: boolean
  disabled: boolean
  submit?: (event: { preventDefault(): void }) => Promise<void>
  addEventListener(type: 'submit', listener: NonNullable<FakeElement['submit']>): void
}

/** The page as its script sees it, on an address with this fragment and a server that answers so. */
function open(hash: string, answer: () => Promise<unknown>) {
  const elements = new Map<string, FakeElement>()
  const getElementById = (id: string): FakeElement => {
    const known = elements.get(id)
    if (known) return known
    const element: FakeElement = {
      textContent: '',
      className: '',
      value: 'a new long password',
      hidden: false,
      disabled: false,
      addEventListener: (_type, listener) => void (element.submit = listener),
    }
    elements.set(id, element)
    return element
  }
  const sent: { url: string; variables: unknown }[] = []
  const shown: string[] = []
  runInNewContext(script, {
    document: { getElementById },
    location: { hash, pathname: '/reset-password' },
    history: { replaceState: (_state: unknown, _title: string, url: string) => shown.push(url) },
    URLSearchParams,
    fetch: async (url: string, { body }: { body: string }) => {
      sent.push({ url, variables: (JSON.parse(body) as { variables: unknown }).variables })
      return { json: answer }
    },
  })
  const submit = () => getElementById('form').submit?.({ preventDefault: () => undefined })
  return { element: getElementById, sent, shown, submit }
}

describe('the page that sets a new password', () => {
  it('sends the password with the token, and says who signs in with it', async () => {
    const page = open('#token=abc.def', async () => ({
      data: { resetPassword: { user: { email: 'ada@example.com' } } },
    }))
    assert.deepEqual([page.sent.length, page.shown], [0, ['/reset-password']])
    await page.submit()
    const input = { token: 'abc.def', newPassword: 'a new long password' }
    assert.equal(JSON.stringify(page.sent), JSON.stringify([{ url: '/graphql', variables: { input } }]))
    assert.match(page.element('text').textContent, /ada@example\.com/)
    assert.equal(page.element('form').hidden, true)
  })

  it('shows why the password could not be set, and lets it be tried again', async () => {
    const errors = [{ message: 'Password is one of those that are guessed first.' }]
    const page = open('#token=old', async () => ({ data: null, errors }))
    await page.submit()
    assert.equal(page.element('status').textContent, errors[0]!.message)
    assert.deepEqual([page.element('set').disabled, page.element('form').hidden], [false, false])
  })

  it('says so when the link has no token', () => {
    const bare = open('', () => Promise.reject(new Error('not to be asked')))
    assert.match(bare.element('status').textContent, /incomplete/)
    assert.equal(bare.element('form').hidden, true)
  })
})
