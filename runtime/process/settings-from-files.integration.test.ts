import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import * as z from 'zod'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { readSettings, setting, SettingsError } from './settings.ts'

const schema = z.object({
  MONGODB_URL: setting.mongodbUrl,
  LINK_KEYS: setting.rotatingKeys,
  SENDGRID_API_KEY: z.string().optional(),
})
const url = 'mongodb://user:password-secret@127.0.0.1/earshot'
const key = Buffer.alloc(32, 1)

describe('secrets from files', () => {
  it('are what the files hold, without the space around it', async () => {
    await using directory = await createTemporaryDirectory()
    const file = (name: string) => join(directory.path, name)
    await writeFile(file('url'), `${url}\n`)
    await writeFile(file('keys'), ` ${key.toString('base64url')}\n`)
    const settings = readSettings(schema, { MONGODB_URL_FILE: file('url'), LINK_KEYS_FILE: file('keys') })
    assert.deepEqual(settings, { MONGODB_URL: url, LINK_KEYS: [key] })
  })

  it('are refused where they are given twice, cannot be read or are wrong, and stay unsaid', async () => {
    await using directory = await createTemporaryDirectory()
    const file = join(directory.path, 'secret')
    await writeFile(file, 'file-secret')
    const environment = {
      MONGODB_URL: url,
      MONGODB_URL_FILE: file,
      LINK_KEYS_FILE: file,
      SENDGRID_API_KEY_FILE: join(directory.path, 'nowhere'),
    }
    assert.throws(
      () => readSettings(schema, environment),
      (error: unknown) => {
        assert.ok(error instanceof SettingsError)
        assert.match(error.message, /^  MONGODB_URL: is given twice, by MONGODB_URL_FILE too$/m)
        assert.match(error.message, /^  LINK_KEYS: must be one or two keys/m)
        assert.match(error.message, /^  SENDGRID_API_KEY_FILE: cannot be read \(ENOENT\)$/m)
        assert.doesNotMatch(error.message, /secret(?!s)/)
        return true
      },
    )
  })

  it('are missed once where the file is missing', () => {
    const environment = { MONGODB_URL_FILE: '/nowhere', LINK_KEYS: key.toString('base64url') }
    assert.throws(() => readSettings(schema, environment), {
      message: 'The settings are not usable:\n  MONGODB_URL_FILE: cannot be read (ENOENT)',
    })
  })
})
