import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { errorCodeNames, errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
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
