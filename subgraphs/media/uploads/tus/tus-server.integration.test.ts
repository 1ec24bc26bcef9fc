import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { errorCodeNames, errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { assertionHeader, byteRequestBody, signAssertion } from '#runtime/tokens/assertion.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createReceivedFiles } from '#media/uploads/received-files.ts'
import { createTusServer, type TusServerDependencies } from './tus-server.ts'

const refusing = (code: ErrorCode) => () => Promise.reject(new DomainError(code))

describe('a tus server', () => {
  it("answers what it refuses with the code's own status, while creating and later", async () => {
    await using directory = await createTemporaryDirectory()
    for (const code of errorCodeNames) {
      const logged: string[] = []
      const server = createTusServer({
        uploads: { create: refusing(code), reject: async () => {} },
        uploadStore: { readBySecretHash: refusing(code) },
        files: createReceivedFiles(directory.path),
        accessTokens: { verify: async () => ({ userId: 'user' }) },
        throttles: { upload: async () => {} },
        replica: 0,
        maximumBytes: 10,
        log: pino({}, { write: (line: string) => void logged.push(line) }),
      } as unknown as TusServerDependencies)
      const headers = { 'tus-resumable': '1.0.0', authorization: 'Bearer token', 'upload-length': '5' }
      const answers = [
        await server.handleWeb(new Request('http://media/uploads', { method: 'POST', headers })),
        await server.handleWeb(new Request('http://media/uploads/0/x', { method: 'DELETE', headers })),
      ]
      const { httpStatus, meaning: message } = errorCodes[code]
      for (const answer of answers) {
        assert.equal(answer.status, httpStatus, code)
        assert.deepEqual(await answer.json(), { code, message })
      }
      assert.equal(logged.length, httpStatus >= 500 ? 2 : 0, code)
    }
  })

  it('counts uploads by the address that the router has signed, for this very request and user', async () => {
    await using directory = await createTemporaryDirectory()
    const keys: RotatingKeys = [Buffer.alloc(32, 7)]
    const counted: (string | null)[] = []
    const server = createTusServer({
      uploads: { create: refusing('STORAGE_FULL'), reject: async () => {} },
      files: createReceivedFiles(directory.path),
      accessTokens: { verify: async () => ({ userId: 'user' }) },
      throttles: {
        upload: async ({ clientAddress }: { clientAddress: string | null }) =>
          void counted.push(clientAddress),
      },
      routerKeys: keys,
      replica: 0,
      maximumBytes: 10,
      log: pino({ level: 'silent' }),
    } as unknown as TusServerDependencies)
    const body = byteRequestBody({ method: 'POST', url: '/uploads' })
    const subject = { caller: 'router', subgraph: 'media', body, userToken: 'token' }
    const signed = (changes: Partial<typeof subject>, by = keys) =>
      signAssertion({ ...subject, ...changes, clientAddress: '203.0.113.7' }, by)
    for (const assertion of [
      signed({}),
      signed({ userToken: 'another' }),
      signed({ body: 'POST /graphql' }),
      signed({}, [Buffer.alloc(32, 8)]),
      '203.0.113.9',
      null,
    ]) {
      const headers = { 'tus-resumable': '1.0.0', authorization: 'Bearer token', 'upload-length': '5' }
      const proof = assertion === null ? {} : { [assertionHeader]: assertion }
      const request = new Request('http://media/uploads', {
        method: 'POST',
        headers: { ...headers, ...proof },
      })
      assert.equal((await server.handleWeb(request)).status, 507)
    }
    assert.deepEqual(counted, ['203.0.113.7', null, null, null, null, null])
  })

  it('shows nothing of what broke inside', async () => {
    await using directory = await createTemporaryDirectory()
    const logged: string[] = []
    const broken = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:27017'))
    const server = createTusServer({
      uploadStore: { readBySecretHash: broken },
      files: createReceivedFiles(directory.path),
      replica: 0,
      log: pino({}, { write: (line: string) => void logged.push(line) }),
    } as unknown as TusServerDependencies)
    const headers = { 'tus-resumable': '1.0.0' }
    const answer = await server.handleWeb(
      new Request('http://media/uploads/0/x', { method: 'HEAD', headers }),
    )
    assert.equal(answer.status, 500)
    assert.doesNotMatch(await answer.text(), /10\.0\.0\.7/)
    assert.match(logged.join(), /10\.0\.0\.7/)
  })
})
