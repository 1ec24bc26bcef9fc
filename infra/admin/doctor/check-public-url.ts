/** PUBLIC_URL as a client meets it, by whatever stands before the router; run it where clients are. */
import { once } from 'node:events'
import { connect } from 'node:tls'
import { failed, messageOf, mind, well, type Finding } from './finding.ts'

const answerWithinMs = 10_000
const dayMs = 86_400_000
const soonDays = 14

export async function checkPublicUrl(publicUrl: string): Promise<Finding[]> {
  const answers = await checkGraph(publicUrl)
  if (answers.state === 'failed') return [answers]
  return [
    answers,
    ...(await checkCertificate(publicUrl)),
    await checkSocket(publicUrl),
    await checkBytes(publicUrl),
    await checkHidden(publicUrl),
  ]
}

async function checkGraph(publicUrl: string): Promise<Finding> {
  try {
    const response = await ask(publicUrl, '/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    })
    const text = await response.text()
    if (response.ok && text.includes('"Query"')) return well(`${publicUrl} answers queries`)
    return failed(`${publicUrl}/graphql answers with ${response.status}`, 'see that it leads to the router')
  } catch (error) {
    return failed(
      `${publicUrl} does not answer: ${messageOf(error)}`,
      'see that its name resolves here, and that it leads to the router by a certificate that is trusted',
    )
  }
}

async function checkCertificate(publicUrl: string): Promise<Finding[]> {
  const { protocol, hostname, port } = new URL(publicUrl)
  if (protocol !== 'https:') return []
  const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(answerWithinMs) })
    const until = new Date(socket.getPeerCertificate().valid_to)
    const days = Math.floor((until.getTime() - Date.now()) / dayMs)
    const told = `its certificate is valid for ${days} days more`
    return [days < soonDays ? mind(told, 'see why it was not renewed by now') : well(told)]
  } catch (error) {
    return [failed(`its certificate: ${messageOf(error)}`, 'see what stands before the router')]
  } finally {
    socket.destroy()
  }
}

/** What most proxies forget. */
async function checkSocket(publicUrl: string): Promise<Finding> {
  const socket = new WebSocket(new URL('/graphql', publicUrl.replace(/^http/, 'ws')), 'graphql-transport-ws')
  try {
    const opened = once(socket, 'open', { signal: AbortSignal.timeout(answerWithinMs) })
    const broken = once(socket, 'error').then(() => Promise.reject(new Error('it was refused')))
    await Promise.race([opened, broken])
    return well('it opens WebSockets')
  } catch (error) {
    return failed(
      `it opens no WebSocket: ${messageOf(error)}`,
      'let what stands before the router pass on upgrades; live updates need them',
    )
  } finally {
    socket.close()
  }
}

async function checkBytes(publicUrl: string): Promise<Finding> {
  try {
    const response = await ask(publicUrl, '/uploads', { method: 'OPTIONS' })
    if (response.headers.has('tus-version')) return well('it takes uploads')
  } catch {
    // Falls through: an answer without the header is none.
  }
  return failed('it takes no uploads', 'let /uploads and /downloads lead to media, or to the router')
}

/** They tell an attacker what works. */
async function checkHidden(publicUrl: string): Promise<Finding> {
  const paths = ['/metrics', '/health/ready', '/health/live']
  const shown: string[] = []
  for (const path of paths) {
    const response = await ask(publicUrl, path, {}).catch(() => null)
    if (response?.ok) shown.push(path)
  }
  if (shown.length === 0) return well('it shows neither metrics nor health')
  return failed(`it shows ${shown.join(', ')}`, 'let no route lead to METRICS_PORT')
}

const ask = (publicUrl: string, path: string, init: RequestInit) =>
  fetch(new URL(path, publicUrl), {
    ...init,
    signal: AbortSignal.timeout(answerWithinMs),
    redirect: 'manual',
  })
