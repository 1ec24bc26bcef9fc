import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as z from 'zod'
import { commonSettings, listeningSettings, readSettings, setting, SettingsError } from './settings.ts'

const schema = z.object({
  ...commonSettings,
  ...listeningSettings,
  MONGODB_URL: setting.mongodbUrl,
  KEY: setting.rotatingKeys,
  REPLICA: setting.index.default(0),
})
const good = {
  PORT: '4000',
  METRICS_PORT: '4010',
  PUBLIC_URL: 'https://earshot.test/',
  MONGODB_URL: 'mongodb://127.0.0.1/earshot',
  KEY: `${Buffer.alloc(32, 1).toString('base64url')},${Buffer.alloc(32, 2).toString('base64url')}`,
}

describe('settings', () => {
  it('are parsed, with defaults for what may be missing', () => {
    const settings = readSettings(schema, good)
    assert.deepEqual(
      [settings.PORT, settings.PUBLIC_URL, settings.REPLICA, settings.LOG_LEVEL],
      [4000, 'https://earshot.test', 0, 'info'],
    )
    assert.deepEqual(
      settings.KEY.map((key) => key.length),
      [32, 32],
    )
  })
  it('name every wrong variable at once, and give none of their values away', () => {
    const secret = 'mongodb-password-secret'
    const read = () =>
      readSettings(schema, {
        PORT: 'eighty',
        MONGODB_URL: `http://user:${secret}@host`,
        KEY: secret,
        REPLICA: '-1',
        LOG_LEVEL: 'loud',
      })
    assert.throws(read, (error: unknown) => {
      assert.ok(error instanceof SettingsError)
      for (const name of ['PORT', 'PUBLIC_URL', 'MONGODB_URL', 'KEY', 'REPLICA', 'LOG_LEVEL'])
        assert.match(error.message, new RegExp(`^  ${name}: `, 'm'))
      assert.doesNotMatch(error.message, new RegExp(secret))
      return true
    })
  })
  it('ask for TLS in production wherever passwords, tokens and links travel', () => {
    const mailing = schema.extend({ SMTP_URL: setting.smtpUrl.optional() })
    const problemsOf = (environment: NodeJS.ProcessEnv) => {
      try {
        readSettings(mailing, { ...good, ...environment })
        return []
      } catch (error) {
        return [...(error as Error).message.matchAll(/^  (\w+): /gm)].map(([, name]) => name)
      }
    }
    const open = { PUBLIC_URL: 'http://earshot.test', SMTP_URL: 'smtp://mail.test?requireTLS=false' }
    assert.deepEqual(problemsOf(open), ['PUBLIC_URL', 'SMTP_URL'])
    for (const SMTP_URL of [
      'smtp://mail.test?ignoreTLS=1',
      'smtp://mail.test?opportunisticTLS=true',
      'smtps://mail.test?tls.rejectUnauthorized=false',
    ])
      assert.deepEqual(problemsOf({ SMTP_URL }), ['SMTP_URL'])
    for (const allowed of [
      { SMTP_URL: 'smtp://mail.test' },
      { SMTP_URL: 'smtps://mail.test' },
      { PUBLIC_URL: 'http://127.0.0.1:4000', SMTP_URL: 'smtp://localhost?ignoreTLS=true' },
      { PUBLIC_URL: 'http://[::1]:4000' },
      { ...open, ALLOW_INSECURE: '1' },
      { ...open, NODE_ENV: 'development' },
    ])
      assert.deepEqual(problemsOf(allowed), [], JSON.stringify(allowed))
    assert.deepEqual(problemsOf({ PUBLIC_URL: 'http://127.0.0.1.evil.test' }), ['PUBLIC_URL'])
  })
  it('take an empty variable for one that is not set', () => {
    assert.throws(() => readSettings(schema, { ...good, MONGODB_URL: '' }), /MONGODB_URL: is not set/)
  })
})
