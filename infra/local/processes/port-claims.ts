/** Claims on ports, that all clones of this user see. */
import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { identify, isAlive } from './identity.ts'
import { parseIdentity } from './stale-processes.ts'

/**
 * Between choosing a port and listening on it lie seconds in which another clone might choose it too, so the choice is
 * written down for all clones of this user. @returns the path of that claim; undefined when the port is taken.
 */
export async function claimPort(port: number): Promise<string | undefined> {
  const folder = join(tmpdir(), `earshot-ports-${userInfo().uid}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, String(port))
  if (!(await writeClaim(path)) && !(await takeOver(path))) return undefined
  if (await isFree(port)) return path
  await rm(path, { force: true })
  return undefined
}

/** Appears whole or not at all: nobody reads a claim of which its owner is not written yet, and takes it for an old one. */
async function writeClaim(path: string): Promise<boolean> {
  const written = `${path}.${randomUUID()}`
  await writeFile(written, JSON.stringify(identify(process.pid)))
  try {
    await link(written, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(written, { force: true })
  }
}

/**
 * Takes the claim of a process that is gone. One at a time: who has looked before another took it would take it from that one.
 * A death in here leaves the port to nobody, until the folder for temporary files is emptied.
 */
async function takeOver(path: string): Promise<boolean> {
  if (await isHeld(path)) return false
  const turn = `${path}.turn`
  if (!(await writeClaim(turn))) return false
  try {
    if (await isHeld(path)) return false
    await rm(path, { force: true })
    return await writeClaim(path)
  } finally {
    await rm(turn, { force: true })
  }
}

async function isHeld(path: string): Promise<boolean> {
  const owner = parseIdentity(await readFile(path, 'utf8').catch(() => ''))
  return owner !== undefined && isAlive(owner)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
