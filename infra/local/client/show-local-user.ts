/** `npm run earshot -- local-user`: the address and the password of this checkout's user, to sign in by hand. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import { readSecrets } from '#infra/local/system/secrets.ts'
import { localEmail } from './local-user.ts'

/** @param directory The folder of the local system. @throws SetUpError where no system ran from it yet. */
export async function showLocalUser(directory: string, asJson: boolean): Promise<string> {
  const file = join(directory, 'secrets.json')
  if (!existsSync(file)) throw new SetUpError('There is no local user yet: run npm start first.')
  const { userPassword } = await readSecrets(file)
  if (asJson) return JSON.stringify({ email: localEmail, password: userPassword })
  return `E-mail:   ${localEmail}\nPassword: ${userPassword}`
}
