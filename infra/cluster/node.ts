/** The node: one set of Linux namespaces, in which node.sh is process 1. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { glob, mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { childrenOf } from '#infra/local/processes/proc.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { addresses, controlGroup, places } from './places.ts'

const pidFile = join(places.run, 'node.pid')

/** Other programs than ours lie in folders that a user's path may lack. */
const path = `${places.programs}:${process.env['PATH']}:/usr/sbin:/sbin`

const environment: NodeJS.ProcessEnv = {
  PATH: path,
  HOME: places.run,
  KUBECONFIG: places.kubeconfig,
  SETTINGS: places.settings,
  KEYS: places.keys,
  LOGS: places.logs,
  VAR: places.var,
  RUN: places.run,
  ETCD: places.etcd,
  NODE: addresses.node,
  SERVICES: addresses.services,
  PODS: addresses.pods,
}

/** Undefined where it is down. A number that another process has by now is told by its environment. */
export async function nodePid(): Promise<number | undefined> {
  const pid = await readFile(pidFile, 'utf8').catch(() => '')
  const variables = await readFile(`/proc/${pid || 'none'}/environ`, 'utf8').catch(() => '')
  return variables.split('\0').includes(`VAR=${places.var}`) ? Number(pid) : undefined
}

export async function startNode(): Promise<void> {
  for (const folder of ['lib', 'log']) await mkdir(join(places.var, folder), { recursive: true })
  for (const folder of [places.logs, places.run]) await mkdir(folder, { recursive: true })
  await makeControlGroup()
  const log = openSync(join(places.logs, 'node.log'), 'a', 0o600)
  const namespaces = ['--mount', '--net', '--uts', '--pid', '--fork', '--mount-proc']
  const child = spawn('unshare', [...namespaces, 'bash', join(import.meta.dirname, 'node.sh')], {
    env: environment,
    detached: true,
    stdio: ['ignore', log, log],
  })
  await once(child, 'spawn')
  child.unref()
  const pid = await waitUntil('the node has its first process', () => childrenOf(child.pid!)[0])
  await writeFile(pidFile, String(pid))
  await waitUntil('containerd answers', async () => (await inNode(['ctr', 'version'], 'ignore')) === 0, {
    withinMs: 120_000,
  })
}

/** Of a process it is 1024: with no more than that, all pods together would starve on a machine that does much else. */
const weight = 16 * 1024

/** In every hierarchy of control groups; a new one has no processors of its own before it is given its parent's. */
async function makeControlGroup(): Promise<void> {
  for await (const hierarchy of glob('/sys/fs/cgroup/*/')) {
    if (!existsSync(join(hierarchy, 'cgroup.procs'))) continue
    const folder = join(hierarchy, controlGroup)
    await mkdir(folder, { recursive: true })
    for (const name of ['cpuset.cpus', 'cpuset.mems'])
      if (existsSync(join(hierarchy, name)))
        await writeFile(join(folder, name), await readFile(join(hierarchy, name)))
    const shares = join(folder, 'cpu.shares')
    if (existsSync(shares)) await writeFile(shares, String(weight))
  }
}

/** Ends it with everything in it; what is on its disks stays. */
export async function stopNode(): Promise<void> {
  const pid = await nodePid()
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM')
    // It goes last, when the kernel has ended all the others of its namespace.
    await waitUntil('the node has ended', () => !existsSync(`/proc/${pid}`), { withinMs: 60_000 })
  }
  await rm(pidFile, { force: true })
  // A folder before those that hold it.
  const groups = await Array.fromAsync(glob(`/sys/fs/cgroup/*/${controlGroup}{,/**/}`))
  const folders = groups.toSorted((one, other) => other.length - one.length)
  for (const folder of folders) await rmdir(folder).catch(() => undefined)
}

/** Runs a program of this machine in the node's network. @returns its exit code. */
export const inNetwork = async (command: readonly string[]): Promise<number> =>
  enter(['--net'], command, 'inherit')

/** Runs a program among the node's own mounts and processes. @param input A file for its standard input. */
export const inNode = async (
  command: readonly string[],
  output: 'inherit' | 'ignore',
  input?: string,
): Promise<number> => enter(['--mount', '--net', '--pid', '--uts'], command, output, input)

/** The words that run a command in the node's network. @throws SetUpError where there is no node. */
export async function networkPrefix(): Promise<[string, ...string[]]> {
  return ['nsenter', '--target', String(await runningNode()), '--net', '--']
}

/** For programs that speak to the cluster. */
export const clientEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: path,
  KUBECONFIG: places.kubeconfig,
}

async function runningNode(): Promise<number> {
  const pid = await nodePid()
  if (pid === undefined) throw new SetUpError('The cluster is down: npm run cluster -- up')
  return pid
}

async function enter(
  namespaces: readonly string[],
  command: readonly string[],
  output: 'inherit' | 'ignore',
  input?: string,
): Promise<number> {
  const args = ['--target', String(await runningNode()), ...namespaces, '--', ...command]
  const stdin = input === undefined ? 'inherit' : openSync(input, 'r')
  const child = spawn('nsenter', args, { env: clientEnvironment, stdio: [stdin, output, output] })
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? 1
}
