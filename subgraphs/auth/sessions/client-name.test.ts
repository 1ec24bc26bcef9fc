import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clientName } from './client-name.ts'

describe('the name of a client', () => {
  it('is that of the browser or the program, and its system', () => {
    const names = {
      'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0': 'Firefox on Linux',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1':
        'Safari on iOS',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0':
        'Microsoft Edge on Windows',
      'earshot-cli/1 (Linux)': 'earshot-cli on Linux',
      'earshot-cli/1 (Macintosh)': 'earshot-cli on macOS',
      'earshot-cli/1 (Windows NT)': 'earshot-cli on Windows',
      'curl/8.5.0': 'curl',
      node: 'node',
    }
    for (const [userAgent, name] of Object.entries(names)) assert.equal(clientName(userAgent), name)
  })

  it('is none where nothing is said', () => {
    for (const userAgent of [null, '', '  ', '\u009b\u202e', '(((((', '///'])
      assert.equal(clientName(userAgent), null)
  })

  it('is short and plain, whatever is said', () => {
    const hostile = [
      'evil\u202ename/1 (Windows NT 10.0)',
      'a\u001b[31m\r\nLocation: x/1',
      '<script>alert(1)</script>/1 (Linux)',
      `${'x'.repeat(250)}/1.0`,
      '{"$ne":null}/1',
      'constructor',
      '__proto__/1',
    ]
    for (const userAgent of hostile) assert.match(clientName(userAgent)!, /^[\w.() -]{1,80}$/, userAgent)
  })
})
