/** The way in of production, by a real Gateway controller whose time-outs are short: all that clients do goes through it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { print } from 'graphql'
import type { WebSocket } from 'ws'
import { kubectl } from '#infra/cluster/kubectl.ts'
import * as operations from '#schema/generated/operations.ts'
import { clusterInbox, serviceAddress } from '#test/cluster/cluster-addresses.ts'
import { production, untilAnswered } from '#test/cluster/installation.ts'
import { newKey } from '#test/harness/api-client.ts'
import * as client from '#test/harness/api-user.ts'
import { awaitVerificationToken } from '#test/harness/await-mail.ts'
import { decodedSeconds } from '#test/harness/decoded-audio.ts'
import { earshotOf } from '#test/harness/earshot-client.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTcpProxy } from '#test/harness/tcp-proxy.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

const { publicUrl } = production

describe('through the Gateway', () => {
  const open = new AsyncDisposableStack()
  let directory: string
  let video: string
  let someone: client.ApiUser
  before(async () => {
    directory = open.use(await createTemporaryDirectory()).path
    const gateway = await serviceAddress('traefik', 'gateway')
    for (const port of [80, 443]) open.use(await createTcpProxy(`tcp://${gateway}:${port}`, port))
    await untilAnswered(production)
    video = await makeSample(directory, 'mp4-aac')
    someone = await client.signUpUser(publicUrl)
  })
  after(() => open.disposeAsync())

  it('the command line signs up, converts a file and saves its MP3', async () => {
    const earshot = earshotOf({ system: { publicUrl }, directory }, { config: 'config' })
    const email = `gateway-${newKey()}@example.com`
    const signUp = await earshot.run(
      ['sign-up', '--email', email, '--password-stdin'],
      `${client.testPassword}\n`,
    )
    assert.equal(signUp.code, 0, signUp.stderr)
    const token = await awaitVerificationToken(await clusterInbox('outside'), email)
    assert.equal((await earshot.run(['verify', '--token', token])).code, 0)
    const { code, stderr } = await earshot.run(['convert', video])
    assert.equal(code, 0, stderr)
    const mp3 = join(directory, 'mp4-aac.mp3')
    assert.ok(Math.abs((await decodedSeconds(mp3)) - (await decodedSeconds(video))) <= 1152 / 44_100)
  })

  it('a socket outlasts the time-outs of the gateway though nothing is said on it, and then tells of a conversion', async () => {
    const socket = someone.api.openSocket({ retryAttempts: 0, lazy: false })
    const opened = await new Promise<WebSocket>((resolve) =>
      socket.on('connected', (connected) => resolve(connected as WebSocket)),
    )
    // The router's pings come 12 s apart: the second one comes after every time-out of the gateway.
    for (let pings = 0; pings < 2; pings++) await once(opened, 'ping')
    const upload = await client.uploadFile(someone, video)
    const { id } = await client.startConversion(someone, upload.id)
    const payload = { query: print(operations.ConversionUpdatedDocument), variables: { id } }
    const updates = []
    for await (const { data } of socket.iterate<operations.ConversionUpdatedSubscription>(payload))
      updates.push(data!.conversionUpdated.status)
    assert.equal(updates.at(-1), 'SUCCEEDED')
    assert.equal(opened.readyState, opened.OPEN)
    await socket.dispose()
  })

  it('an upload that stands still is cut off by the gateway, and goes on from where it was', async () => {
    const bytes = await readFile(video)
    const input = { filename: 'talk.mp4', sizeBytes: bytes.length, idempotencyKey: newKey() }
    const { createUpload } = await someone.api.run(operations.CreateUploadDocument, { input })
    const url = createUpload.upload.url!
    const half = bytes.length >> 1
    const headers = {
      ...{ 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-length': bytes.length },
      'content-type': 'application/offset+octet-stream',
    }
    const sending = request(url, { method: 'PATCH', headers })
    sending.on('error', () => undefined)
    sending.on('response', (response) => response.resume())
    sending.write(bytes.subarray(0, half))
    await once(sending, 'close')
    const offset = await client.receivedOffset(url)
    assert.ok(offset > 0 && offset <= half, `${offset} of ${half} bytes were kept`)
    assert.equal((await client.sendBytes(url, bytes.subarray(offset), offset)).status, 204)
    const upload = await client.checkedUpload(someone.api, createUpload.upload.id)
    assert.equal(upload.status, 'READY')
  })

  it('parts of an MP3 are downloaded, and are parts of it', async () => {
    const { conversion } = await client.convertFile(someone, video)
    const url = conversion.mp3s[0]!.downloadUrl
    assert.equal(new URL(url).origin, publicUrl)
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer())
    for (const [range, part] of [
      ['bytes=0-99', whole.subarray(0, 100)],
      [`bytes=100-`, whole.subarray(100)],
      ['bytes=-50', whole.subarray(-50)],
    ] as const) {
      const response = await fetch(url, { headers: { range } })
      assert.equal(response.status, 206)
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), part)
    }
    assert.equal((await fetch(url, { headers: { range: `bytes=${whole.length}-` } })).status, 416)
  })

  it('http is sent to https', async () => {
    const plain = publicUrl.replace('https:', 'http:')
    const { status, headers } = await fetch(`${plain}/graphql`, { redirect: 'manual' })
    assert.deepEqual([status, headers.get('location')?.replace(':443', '')], [301, `${publicUrl}/graphql`])
  })

  it('no route leads to metrics or health', async () => {
    for (const path of ['/metrics', '/health/live', '/health/ready'])
      assert.equal((await fetch(`${publicUrl}${path}`)).status, 404, path)
    const pod = await kubectl([
      ...['get', 'pods', '--namespace=gateway', '--selector=app=traefik'],
      ...['--output', 'jsonpath={.items[0].status.podIP}'],
    ])
    const services = (await (await fetch(`http://${pod}:8080/api/http/services`)).json()) as readonly {
      readonly provider: string
      readonly loadBalancer?: { readonly servers: readonly { readonly url: string }[] }
    }[]
    const servers = services
      .filter(({ provider }) => provider === 'kubernetesgateway')
      .flatMap(({ loadBalancer }) => loadBalancer?.servers ?? [])
    assert.ok(servers.length > 0)
    for (const { url } of servers) assert.match(url, /:8080$/)
  })
})
