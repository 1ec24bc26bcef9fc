/** What attacks try to reach: secrets in files other than the upload, and a server on this machine that nothing may connect to. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { hear } from './heard-audio.ts'
import type { Judgement } from './judge-file.ts'
import { makeMedia, audio } from './made-media.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

/** A pitch that no file of ours has but the canary. */
const canaryHz = 3_150

export interface AttackGround extends AsyncDisposable {
  /** Audio with the secret in its tags. */
  readonly canary: string
  /** A text that is the secret. */
  readonly note: string
  /** Serves the canary to whoever asks. */
  readonly server: string
  visits(): number
  /** Where the secret, or its audio, came out. */
  leaks(judgement: Judgement): Promise<readonly string[]>
  /** Whether the canary is heard in a file. */
  sings(path: string): Promise<boolean>
}

export async function prepareAttackGround(): Promise<AttackGround> {
  await using resources = new AsyncDisposableStack()
  const directory = resources.use(await createTemporaryDirectory())
  const secret = randomBytes(16).toString('hex')
  const [canary, note] = [join(directory.path, 'canary.ts'), join(directory.path, 'canary.txt')]
  const tags = ['-metadata', `service_name=${secret}`, '-metadata', `title=${secret}`]
  await makeMedia(canary, [...audio({ hz: canaryHz }), '-c:a', 'mp2', ...tags, '-f', 'mpegts'])
  await writeFile(note, secret)
  const bytes = await readFile(canary)
  let visits = 0
  const server = createServer((_request, response) => void response.end(bytes))
  server.on('connection', () => visits++).listen(0, '127.0.0.1')
  await once(server, 'listening')
  resources.defer(() => {
    server.close()
    server.closeAllConnections()
  })
  const sings = async (path: string) => (await hear(path)).shareOf(canaryHz) > 0.05
  const owned = resources.move()
  return {
    canary,
    note,
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits: () => visits,
    sings,
    async leaks({ outcome, said }) {
      const found: string[] = []
      if (visits > 0) found.push('the server was visited')
      if (said.includes(secret)) found.push('the secret was said')
      if (outcome.kind !== 'converted') return found
      if ((await readFile(outcome.path)).includes(secret)) found.push('the secret is in the MP3')
      if (await sings(outcome.path)) found.push('the canary is heard in the MP3')
      return found
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
