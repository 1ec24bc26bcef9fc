/** Keeps the credentials for one server in the user's config folder, readable by the user alone. */
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

const credentialsSchema = z.object({
  email: z.string(),
  accessToken: z.string(),
  accessTokenExpiresAt: z.iso.datetime(),
  refreshToken: z.string(),
  refreshTokenExpiresAt: z.iso.datetime(),
})

export type Credentials = z.infer<typeof credentialsSchema>

export interface CredentialsFile {
  /** Null without a file, or with one that is not ours. */
  read(): Promise<Credentials | null>
  write(credentials: Credentials): Promise<void>
  remove(): Promise<void>
}

/** One file an origin, so that a token never goes to another server. */
export function createCredentialsFile(folder: string, origin: string): CredentialsFile {
  // Two origins never have the same name, whatever signs they are told apart by.
  const path = join(folder, `credentials.${encodeURIComponent(origin)}.json`)
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      if (text === null) return null
      return credentialsSchema.safeParse(parseJson(text)).data ?? null
    },
    async write(credentials) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await chmod(folder, 0o700)
      const temporary = `${path}.${randomUUID()}`
      try {
        await using file = await open(temporary, 'wx', 0o600)
        await file.writeFile(`${JSON.stringify(credentials, null, 2)}\n`)
        await file.sync()
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    remove: () => rm(path, { force: true }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
