/** A DNS server (RFC 1035) of the TXT records that it is given, and of no other names. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

export interface DnsServer extends AsyncDisposable {
  /** As node:dns takes it. */
  readonly address: string
}

const headerBytes = 12

export async function startDnsServer(
  records: Readonly<Record<string, readonly string[]>>,
): Promise<DnsServer> {
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const { name, endsAt } = questionOf(query)
    const texts = records[name]
    const header = Buffer.alloc(headerBytes)
    query.copy(header, 0, 0, 2)
    // An answer, to a recursive question; 3: there is no such name (4.1.1).
    header.writeUInt16BE(0x8180 | (texts === undefined ? 3 : 0), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(texts?.length ?? 0, 6)
    const question = query.subarray(headerBytes, endsAt)
    socket.send(Buffer.concat([header, question, ...(texts ?? []).map(answerOf)]), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

function questionOf(query: Buffer): { readonly name: string; readonly endsAt: number } {
  const labels: string[] = []
  let at = headerBytes
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  // Its end, its type and its class.
  return { name: labels.join('.').toLowerCase(), endsAt: at + 5 }
}

/** A TXT record under the name that was asked for, in pieces of 255 bytes at most. */
function answerOf(text: string): Buffer {
  const pieces = text.match(/.{1,255}/g) ?? ['']
  const data = Buffer.concat(pieces.map((piece) => Buffer.from(`\0${piece}`, 'latin1')))
  let at = 0
  for (const { length } of pieces) {
    data[at] = length
    at += 1 + length
  }
  const fixed = Buffer.from('c00c00100001000000000000', 'hex')
  fixed.writeUInt16BE(data.length, 10)
  return Buffer.concat([fixed, data])
}
