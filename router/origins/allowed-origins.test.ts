import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createAllowedOrigins } from './allowed-origins.ts'

describe('an origin that is allowed', () => {
  it('is our own, or one that is named', () => {
    const isAllowed = createAllowedOrigins({
      publicUrl: 'https://earshot.test',
      others: ['https://app.example'],
      isDevelopment: false,
    })
    for (const origin of ['https://earshot.test', 'https://app.example']) assert.ok(isAllowed(origin))
    for (const origin of [
      'null',
      'http://earshot.test',
      'https://earshot.test.evil.test',
      'https://localhost',
    ])
      assert.ok(!isAllowed(origin), origin)
  })

  it('is our own by each of its names in development alone', () => {
    const publicUrl = 'http://localhost:4000'
    const names = ['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000']
    const count = (isDevelopment: boolean) =>
      names.filter(createAllowedOrigins({ publicUrl, others: [], isDevelopment })).length
    assert.deepEqual([count(true), count(false)], [3, 1])
    assert.ok(!createAllowedOrigins({ publicUrl, others: [], isDevelopment: true })('http://localhost:4001'))
  })
})
