import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createSharedRequests } from './shared-requests.ts'

function ask() {
  const requests = createSharedRequests<string>()
  const asked: { signal: AbortSignal; answer: (text: string) => void }[] = []
  const request = (signal: AbortSignal) =>
    new Promise<string>((answer) => {
      asked.push({ signal, answer })
    })
  const by = (client: AbortController) => requests.ask('q', client.signal, request)
  return { asked, by, requests }
}

describe('a question that several ask', () => {
  it('is asked once, and given up when the last has left', async () => {
    const { asked, by } = ask()
    const [ann, bob] = [new AbortController(), new AbortController()]
    const answers = [by(ann), by(bob)]
    assert.equal(asked.length, 1)
    ann.abort()
    assert.equal(await answers[0], null)
    assert.equal(asked[0]!.signal.aborted, false)
    bob.abort()
    assert.equal(await answers[1], null)
    assert.equal(asked[0]!.signal.aborted, true)
  })

  it('is answered to those who stay', async () => {
    const { asked, by } = ask()
    const [ann, bob] = [new AbortController(), new AbortController()]
    const answers = [by(ann), by(bob)]
    ann.abort()
    asked[0]!.answer('yes')
    assert.deepEqual(await Promise.all(answers), [null, 'yes'])
  })

  it('is asked again by whoever comes after it was given up, or after a new start', async () => {
    const { asked, by, requests } = ask()
    const ann = new AbortController()
    void by(ann)
    ann.abort()
    void by(new AbortController())
    requests.startAnew()
    void by(new AbortController())
    assert.equal(asked.length, 3)
    assert.equal(await by(ann), null)
  })
})
