/** Chooses loopback ports: the preferred one, else one 20 higher and so on; kept for the next start of this folder. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { claimPort } from './port-claims.ts'

/**
 * What the stores and the inbox prefer; the services say it themselves, in the registry. All lie below the range from which
 * systems pick outgoing ports.
 */
export const preferredPorts = {
  inbox: 4080,
  smtp: 4105,
  mongo: 4106,
  amqp: 4107,
  amqpDistribution: 4108,
  epmd: 4109,
  management: 4110,
} as const

/** No browser and no fetch connects to these (https://fetch.spec.whatwg.org/#port-blocking); only those above our preferred ports. */
const blockedPorts = new Set([
  4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
])

const stepBetweenClones = 20
/** Preferred for names that have no preference. */
const lastPreference = 4130
const attempts = 200

export interface PortBook extends AsyncDisposable {
  /**
   * The same name gets the same port for as long as nobody else has taken it.
   * @param preferred Where it is not one of the ports above.
   */
  claim(name: string, preferred?: number): Promise<number>
}

export interface PortBookOptions {
  /** Where the choices are kept. */
  readonly file: string
  /** Added to every preference. */
  readonly offset?: number
  /** Told where a name gets another port than it had, or than it prefers at its first start. */
  readonly moved?: (name: string, from: number, to: number) => void
}

export async function openPortBook({ file, offset = 0, moved }: PortBookOptions): Promise<PortBook> {
  const kept: Record<string, number> = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'))
  const claims: string[] = []
  const claimed = new Map<string, Promise<number>>()
  let saved = Promise.resolve()

  const save = () => {
    saved = saved.then(async () => {
      await writeFile(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`)
      await rename(`${file}.new`, file)
    })
    return saved
  }

  const choose = async (name: string, preferred: number): Promise<number> => {
    const first = preferred + offset
    const candidates = Array.from({ length: attempts }, (_, n) => first + n * stepBetweenClones)
    for (const port of [kept[name] ?? first, ...candidates]) {
      const path = blockedPorts.has(port) ? undefined : await claimPort(port)
      if (path === undefined) continue
      claims.push(path)
      const before = kept[name] ?? first
      if (before !== port) moved?.(name, before, port)
      if (kept[name] !== port) {
        kept[name] = port
        await save()
      }
      return port
    }
    throw new Error(`No free port for ${name}: tried ${attempts} from ${first}`)
  }

  const claim: PortBook['claim'] = (name, preferred = (preferredPorts as Record<string, number>)[name]) => {
    const port = claimed.get(name) ?? choose(name, preferred ?? lastPreference)
    claimed.set(name, port)
    return port
  }
  const release = async () => {
    await Promise.all(claims.splice(0).map((path) => rm(path, { force: true })))
  }
  return { claim, [Symbol.asyncDispose]: release }
}
