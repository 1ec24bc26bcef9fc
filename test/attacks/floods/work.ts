/** Floods by an account that works the service: conversions, uploads that are refused, pictures that are none, histories. */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'undici'
import { inLanes, runFlood, type Attack, type Flood } from './run-flood.ts'

/** What an answer holds that has no errors. */
interface Data {
  readonly createUpload?: { readonly upload: { readonly url: string } }
}

type Ask = (query: string, variables: object) => Promise<Data | null>

const lanes = 16

/** Each lane has an address and connections of its own. */
const asking =
  (act: (ask: Ask, agent: Agent, attack: Attack) => Promise<void>): Flood =>
  async (attack) => {
    const agents = Array.from({ length: lanes }, (_, n) => new Agent({ localAddress: attack.address(n) }))
    await inLanes(attack, lanes, async (lane) => {
      const agent = agents[lane]!
      const ask: Ask = async (query, variables) => await send(attack, agent, { query, variables })
      await act(ask, agent, attack).catch((error: unknown) => attack.met(String(error)))
    })
  }

async function send(attack: Attack, dispatcher: Agent, body: object): Promise<Data | null> {
  attack.sent()
  const answer = await request(new URL('/graphql', attack.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${String(attack.given['token'])}` },
    body: JSON.stringify(body),
    dispatcher,
  })
  const { data, errors } = (await answer.body.json()) as {
    data?: Data
    errors?: { extensions: { code: string } }[]
  }
  attack.met(errors?.[0]?.extensions.code ?? 'done')
  return errors ? null : (data ?? null)
}

const convert = `mutation($input: StartConversionInput!) { startConversion(input: $input) { conversion { id } } }`
const announce = `mutation($input: CreateUploadInput!) { createUpload(input: $input) { upload { url } } }`
const revoke = `mutation($id: ID!) { ${Array.from({ length: 5 }, (_, n) => `a${n}: revokeDownloadLinks(input: { id: $id }) { conversion { id } }`).join(' ')} }`

/** Announces so many bytes, and sends them. */
const upload = (purpose: string, bytes: Buffer) =>
  asking(async (ask, dispatcher, attack) => {
    const input = { filename: 'a', sizeBytes: bytes.length, purpose, idempotencyKey: randomUUID() }
    const data = await ask(announce, { input })
    if (!data?.createUpload) return
    const sent = await request(new URL(data.createUpload.upload.url), {
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: bytes,
      dispatcher,
    })
    await sent.body.dump()
    attack.met(`sent with ${sent.statusCode}`)
  })

const noPicture = Buffer.alloc(1_000_000)
Buffer.from('ffd8ffe0', 'hex').copy(noPicture)

await runFlood({
  conversions: asking(async (ask, _agent, { given: { uploadId } }) => {
    const input = { uploadId, idempotencyKey: randomUUID(), output: { bitrateKbps: 320 } }
    await ask(convert, { input })
  }),
  'refused uploads': upload('SOURCE', Buffer.alloc(200_000, 'This is no video. ')),
  'no pictures': upload('COVER', noPicture),
  histories: asking(async (ask, _agent, { given }) => {
    await ask(revoke, { id: given['conversionId'] })
  }),
})
