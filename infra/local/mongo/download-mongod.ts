/** Run as a program: downloads the official mongod into the given folder, and prints its path or why it could not. */
import { MongoBinary } from 'mongodb-memory-server-core'

const version = '8.2.6'
const reachMs = 6_000
const [downloadDir = ''] = process.argv.slice(2)

try {
  // A closed network may swallow packets, and the download itself would wait a minute for an answer.
  await fetch('https://fastdl.mongodb.org', { method: 'HEAD', signal: AbortSignal.timeout(reachMs) })
  const path = await MongoBinary.getPath({ version, downloadDir, checkMD5: true })
  console.log(`\n${JSON.stringify({ path })}`)
} catch (error) {
  const { message, cause } = error as Error
  const reason = cause instanceof Error ? cause.message : message.split('\n').at(-1)
  console.log(`\n${JSON.stringify({ reason })}`)
}
