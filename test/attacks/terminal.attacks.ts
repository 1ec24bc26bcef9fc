/** A server that would write to the terminal of whoever asks it by the command line. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { earshotOf } from '#test/harness/earshot-client.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { hostileText } from './hostile-text.ts'
import { reportAlone } from './report-attack.ts'

const now = '2026-01-01T00:00:00.000Z'
const hostileUser = { id: hostileText, email: hostileText, emailVerified: true, locale: 'en', createdAt: now }
const conversion = {
  id: hostileText,
  status: 'FAILED',
  createdAt: now,
  source: { id: hostileText, filename: hostileText, sizeBytes: 1, durationMs: 1 },
  failure: { code: hostileText, message: hostileText, retryable: false, attempts: 1 },
  mp3s: [],
}
const session = {
  accessToken: 'a.b.c',
  accessTokenExpiresAt: '2999-01-01T00:00:00.000Z',
  refreshToken: 'r',
  refreshTokenExpiresAt: '2999-01-01T00:00:00.000Z',
  user: hostileUser,
}
const data = {
  signIn: { session, nextStep: null },
  me: {
    ...hostileUser,
    sessions: [{ id: hostileText, current: false, createdAt: now, lastUsedAt: now, client: hostileText }],
  },
  conversions: {
    edges: [{ cursor: hostileText, node: conversion }],
    pageInfo: { hasNextPage: false, endCursor: hostileText },
  },
  conversion,
}

describe('a hostile server', () => {
  it('neither commands the terminal of who asks it nor turns the order of its text', async (t) => {
    await using directory = await createTemporaryDirectory()
    let refuses = false
    const server = createServer((_request, response) => {
      const errors = [{ message: hostileText, extensions: { code: hostileText } }]
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(refuses ? { data: null, errors } : { data }))
    })
    await using resources = new AsyncDisposableStack()
    resources.defer(() => server.close().closeAllConnections())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const system = { publicUrl: `http://127.0.0.1:${port}` }
    const client = earshotOf({ system, directory: directory.path }, { config: 'config' })
    const commands = [
      ['sign-in', '--email', 'me@example.com', '--password-stdin'],
      ...[
        ['list'],
        ['list', '--json'],
        ['status', 'some-id'],
        ['sessions'],
        ['whoami'],
        ['download', 'some-id'],
      ],
    ]
    let answered = 0
    for (refuses of [false, true])
      for (const command of commands) {
        const { stdout, stderr } = await client.run(command, 'correct horse battery staple\n')
        const shown = stdout + stderr
        assert.notEqual(shown, '', command.join(' '))
        assert.doesNotMatch(shown.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u, command.join(' '))
        assert.doesNotMatch(shown, /^\{"level":"fatal"/m, 'no line of its own')
        if (shown.includes('forged-by-a-client')) answered += 1
      }
    assert.ok(answered >= 5, `the server’s text was shown ${answered} times`)
    await reportAlone(t, 'answers that would command a terminal', commands.length * 2)
  })
})
