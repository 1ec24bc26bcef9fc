/** The paths of uploads, at the router and at media itself, with all that a stranger could know of another tenant's upload but its secret. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { receivedOffset, signUpUser } from '#test/harness/api-user.ts'
import { reportAlone } from '#test/attacks/report-attack.ts'
import { toldBy } from './compare-answers.ts'
import { alike } from './identifiers.ts'
import { readAnswer } from './read-answer.ts'
import type { Stage } from './stage.ts'

const bytes = 'of the attacker'
const tus = { 'tus-resumable': '1.0.0' }
interface Request {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const methods: Readonly<Record<string, Request>> = {
  HEAD: { headers: tus },
  GET: {},
  PATCH: {
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: bytes,
  },
  DELETE: { headers: tus },
  POST: { headers: { ...tus, 'upload-length': '15' } },
  'POST that means PATCH': {
    headers: {
      ...tus,
      'x-http-method-override': 'PATCH',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
  },
  'POST that means DELETE': { headers: { ...tus, 'x-http-method-override': 'DELETE' } },
  PUT: { body: bytes },
  OPTIONS: {},
}

export function attackUploads(stage: () => Stage): void {
  let sent = 0
  const doors = () => {
    const { origins } = stage().running.system.deployment
    return [origins.router, origins.media]
  }
  const authorization = () => `Bearer ${stage().attacker.user.api.token}`

  describe('another tenant’s upload', () => {
    for (const [name, request] of Object.entries(methods))
      it(`is as if it were not there for ${name} under whatever is known of it`, async () => {
        const [method] = name.split(' ')
        for (const origin of doors())
          for (const [what, known] of Object.entries(knownOf(stage())))
            for (const path of ['/uploads/0/', '/uploads/1/', '/uploads/', '/uploads/0/x/'])
              for (const token of [{}, { authorization: authorization() }]) {
                const answered = async (value: string) => {
                  sent++
                  const headers = { ...request.headers, ...token }
                  const response = await fetch(`${origin}${path}${value}`, {
                    ...request,
                    method: method!,
                    headers,
                  })
                  if (method !== 'OPTIONS')
                    assert.ok(response.status >= 400, `${method} ${what} ${response.status}`)
                  return { sent: value, answer: await readAnswer(response) }
                }
                const told = toldBy(await answered(known), await answered(alike(known)), stage().secrets)
                assert.equal(told, undefined, `${what} at ${path}`)
              }
        assert.deepEqual(await stage().changes(), [])
      })

    it('is not the one that a stranger creates under the same key, or joins to theirs', async () => {
      const { uploading } = stage().victim
      const { idempotencyKey, url, id } = uploading
      // Of somebody who has used no such key yet, nor is to use it.
      const stranger = await signUpUser(stage().running.system.publicUrl)
      const key = (text: string) => `idempotencyKey ${Buffer.from(text).toString('base64')}`
      for (const origin of doors())
        for (const further of [
          {},
          { 'upload-concat': `final;${url}` },
          { 'upload-concat': `final;/uploads/0/${id}` },
        ]) {
          const create = async (value: string) => {
            sent++
            const token = { authorization: `Bearer ${stranger.api.token}` }
            const headers = { ...tus, ...further, ...token, 'upload-length': '1000' }
            const response = await fetch(`${origin}/uploads`, {
              method: 'POST',
              headers: { ...headers, 'upload-metadata': key(value) },
            })
            return { sent: value, answer: await readAnswer(response) }
          }
          assert.equal(
            toldBy(await create(idempotencyKey), await create(alike(idempotencyKey)), [url, id]),
            undefined,
          )
        }
      assert.deepEqual(await stage().changes(), [])
    })

    it('still waits for its owner’s bytes', async (t) => {
      assert.equal(await receivedOffset(stage().victim.uploading.url), 0)
      await reportAlone(t, 'paths of another tenant’s uploads, at the router and at media', sent)
    })
  })
}

/** Ids that others may have seen, what a stolen disk or database shows, and addresses that are almost right. */
function knownOf({ victim }: Stage): Readonly<Record<string, string>> {
  const { id, url, idempotencyKey } = victim.uploading
  const secret = url.split('/').at(-1)!
  const last = secret.at(-1)!
  return {
    'its id': id,
    'the id of another': victim.sourceId,
    'the id of its owner': victim.user.id,
    'its idempotency key': idempotencyKey,
    'the hash of its secret, which names its file': createHash('sha256').update(secret).digest('hex'),
    'its secret in other letters': swapCase(secret),
    'its secret without its end': secret.slice(0, -1),
    'its secret and more': `${secret}A`,
    'another spelling of the same bytes': `${secret.slice(0, -1)}${nextInBase64url(last)}`,
    'half of its secret': `${secret.slice(0, 21)}${randomBytes(16).toString('base64url')}`,
  }
}

const swapCase = (text: string) =>
  text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Of 43 characters the last has two bits that mean nothing. */
const nextInBase64url = (letter: string) => alphabet[alphabet.indexOf(letter) ^ 1]!
