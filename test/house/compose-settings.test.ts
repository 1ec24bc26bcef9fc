/** compose.yaml gives each process the settings and secrets that it needs, and nothing that it does not read. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { readSettings } from '#runtime/process/settings.ts'
import { interpolate, readCompose, variablesOf, type Compose } from '#infra/compose/check/read-compose.ts'
import { makeSecrets, makeStorePasswords } from '#infra/local/system/secrets.ts'
import { serviceKinds, type ServiceKind } from '#infra/local/system/services.ts'
import { memoryEnvironmentOf } from '#infra/memory-limits.ts'
import { settingsOf } from './settings-of.ts'

describe('compose.yaml', () => {
  let compose: Compose
  before(async () => {
    compose = await readCompose()
  })
  const made = { ...makeSecrets(), ...makeStorePasswords() }
  const environmentOf = (kind: ServiceKind) =>
    Object.fromEntries(
      Object.entries(compose.services[kind]!.environment!).map(([name, value]) => [
        name,
        interpolate(value, made),
      ]),
    )

  it('needs the secrets that are made for it, and no others', () => {
    const taken = [...variablesOf(JSON.stringify(compose))]
    const needed = taken.flatMap(([name, instead]) => (instead === undefined ? name : []))
    assert.deepEqual(needed.toSorted(), Object.keys(made).toSorted())
  })

  it('takes no variable but by its two forms', () => {
    const rest = JSON.stringify(compose).replaceAll(/\$\{\w+(:\?|:-\w*)\}/g, '')
    assert.doesNotMatch(rest, /\$/)
  })

  it('asks for walls around ffmpeg unless it is told otherwise', () => {
    for (const kind of ['media', 'converter'] as const)
      assert.equal(environmentOf(kind)['FFMPEG_SANDBOX'], 'required')
  })

  for (const kind of serviceKinds) {
    it(`gives ${kind} settings that it can start with`, async () => {
      const schema = await settingsOf(kind)
      assert.doesNotThrow(() => readSettings(schema, environmentOf(kind)))
    })

    it(`gives ${kind} no setting that it does not read`, async () => {
      const known = { ...(await settingsOf(kind)).shape, ...memoryEnvironmentOf(kind) }
      const unread = Object.keys(environmentOf(kind)).filter((name) => !(name in known))
      assert.deepEqual(unread, [])
    })
  }
})
