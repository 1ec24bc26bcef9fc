/** Sends requests for those who ask, judges each answer, and signs in again whose session a request has ended. */
import { signUpUser } from '#test/harness/api-user.ts'
import { signIn, type FuzzScene } from './fuzz-scene.ts'
import { faultsOf, type Answer } from './judge-answer.ts'
import type { Asker, FuzzRequest } from './fuzz-request.ts'
import type { ResolvedFields } from './resolved-fields.ts'
import { sendOnSocket, sendOverHttp } from './send.ts'

export interface Fuzzer {
  readonly sent: number
  /** @throws Error that shows the request and its answer, where that is a fault of ours. */
  send(request: FuzzRequest): Promise<void>
}

const forged = 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'

export function createFuzzer({ attacked, askers }: FuzzScene, resolved: ResolvedFields): Fuzzer {
  const users = { ...askers }
  let sent = 0
  const ask = async ({ asker, way, body }: FuzzRequest): Promise<readonly Answer[]> => {
    const token = isUser(asker) ? `Bearer ${users[asker].api.token}` : asker === 'forger' ? forged : undefined
    const send = way === 'socket' ? sendOnSocket : sendOverHttp
    return await send({ origin: attacked.origin, authorization: token }, body)
  }
  /** Whose password a request has changed is followed by somebody else. */
  const renew = async (asker: Asker) => {
    const user = users[asker]
    user.api.token = undefined
    const signedIn = await signIn(user).catch(() => signUpUser(attacked.origin))
    if ('accessToken' in signedIn) user.api.token = signedIn.accessToken
    else users[asker] = signedIn
    attacked.secrets.add(users[asker].api.token!)
  }
  return {
    get sent() {
      return sent
    },
    async send(request) {
      sent++
      const answers = await ask(request)
      const faults = answers.flatMap(faultsOf)
      if (faults.length > 0) throw new Error(reportOf(request, faults, answers))
      for (const answer of answers) if (request.operation) resolved.note(request.operation, answer)
      if (hasEnded(answers) && isUser(request.asker)) await renew(request.asker)
    },
  }
}

const isUser = (asker: FuzzRequest['asker']): asker is Asker => asker !== 'nobody' && asker !== 'forger'

const hasEnded = (answers: readonly Answer[]) => JSON.stringify(answers).includes('"UNAUTHENTICATED"')

const reportOf = (
  { what, asker, way, body }: FuzzRequest,
  faults: readonly string[],
  answers: readonly Answer[],
) =>
  [`${what}, by ${asker}, ${way}: ${faults.join('; ')}`, body, JSON.stringify(answers)]
    .map((text) => text.slice(0, 3_000))
    .join('\n')
