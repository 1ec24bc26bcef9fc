import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { runInNewContext } from 'node:vm'

const html = readFileSync(new URL('verify-email.html', import.meta.url), 'utf8')
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
      value: 'my own password',
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
    location: { hash, pathname: '/verify-email' },
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

describe('the page that confirms an address', () => {
  it('waits for the password, confirms, and says whose address it was', async () => {
    const page = open('#token=abc%2Bdef', async () => ({
      data: { verifyEmail: { user: { email: 'ada@example.com' } } },
    }))
    assert.deepEqual([page.sent.length, page.shown], [0, ['/verify-email']])
    await page.submit()
    const input = { token: 'abc+def', password: 'my own password' }
    assert.equal(JSON.stringify(page.sent), JSON.stringify([{ url: '/graphql', variables: { input } }]))
    assert.match(page.element('title').textContent, /is confirmed/)
    assert.match(page.element('text').textContent, /ada@example\.com/)
    assert.equal(page.element('form').hidden, true)
  })

  it('says whose password it wants when another is given', async () => {
    const errors = [{ message: 'No account.', extensions: { code: 'INVALID_CREDENTIALS' } }]
    const page = open('#token=strangers', async () => ({ data: null, errors }))
    await page.submit()
    assert.match(page.element('status').textContent, /not the password of the account/)
    assert.equal(page.element('form').hidden, false)
  })

  it('shows why an address could not be confirmed, and lets it be tried again', async () => {
    const errors = [{ message: 'The verification link is expired or damaged; ask for a new one.' }]
    const page = open('#token=old', async () => ({ data: null, errors }))
    await page.submit()
    assert.equal(page.element('status').textContent, errors[0]!.message)
    assert.deepEqual([page.element('confirm').disabled, page.element('form').hidden], [false, false])
  })

  it('says so when the server cannot be reached, or when the link has no token', async () => {
    const page = open('#token=abc', () => Promise.reject(new Error('offline')))
    await page.submit()
    assert.match(page.element('status').textContent, /could not be reached/)
    const bare = open('', () => Promise.reject(new Error('not to be asked')))
    assert.match(bare.element('status').textContent, /incomplete/)
    assert.equal(bare.element('form').hidden, true)
  })
})
