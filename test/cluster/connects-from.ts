/** Tries to open connections from somewhere else. */
import { networkPrefix, clientEnvironment } from '#infra/cluster/node.ts'
import { runOrThrow } from '#infra/cluster/run-or-throw.ts'

export interface Target {
  readonly name: string
  readonly host: string
  readonly port: number
}

/** A refusal by a policy is an answer or silence. */
const script = `
const targets = JSON.parse(process.argv[1])
const { connect } = require('node:net')
const tries = targets.map(({ name, host, port }) => new Promise((resolve) => {
  const socket = connect({ host, port, timeout: 3000 })
  const end = (made) => { socket.destroy(); resolve(made ? [name] : []) }
  socket.once('connect', () => end(true)).once('error', () => end(false)).once('timeout', () => end(false))
}))
Promise.all(tries).then((made) => console.log(JSON.stringify(made.flat())))
`

/** @param node A command that runs Node there. @returns the names of those that it could connect to. */
export async function connectsFrom(
  node: readonly string[],
  targets: readonly Target[],
): Promise<readonly string[]> {
  const command: [string, ...string[]] = [
    ...(await networkPrefix()),
    ...node,
    '--eval',
    script,
    JSON.stringify(targets),
  ]
  return JSON.parse(await runOrThrow(command, { env: clientEnvironment })) as string[]
}
