/** Floods from many addresses, while an honest user works: all that they ask for is answered before the flood's last. */
import { after, before, describe, it, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { startAttackScene, type AttackScene } from './attack-scene.ts'
import { amount } from './report-attack.ts'

const program = (name: string, floods: readonly (readonly [flood: string, attack: string])[]) =>
  floods.map(([flood, attack]) => ({ program: name, name: flood, attack }))

const floods = [
  ...program('operations', [
    ['doubling fragments', 'fragments that double the plan at each level'],
    ['aliases', 'one field under 6,000 names'],
    ['fields to compare', '560 fields, each compared with the others'],
    ['introspection', 'introspection of every type'],
    ['new texts', 'small operations, each with a text of its own, from 50 addresses'],
    ['small questions', 'small operations from 50 addresses'],
    ['deep JSON', '100,000 arrays within each other'],
    ['big bodies', 'bodies of 4 MB'],
    ['huge variables', 'variables that no operation asks for'],
    ['gzip bombs', 'compressed bodies of 10 MB'],
  ]),
  ...program('accounts', [
    ['unknown accounts', 'wrong passwords for unknown accounts, from 48 addresses'],
    ["somebody's account", "wrong passwords for the honest user's account, from 24 addresses"],
    ['sign-ups', 'sign-ups from 24 networks'],
    ['sign-ups with tags', 'sign-ups with tagged addresses of one inbox'],
    ['resets', 'requests to reset a password'],
  ]),
  ...program('connections', [
    ['nothing sent', 'connections that send nothing'],
    ['slow headers', 'headers that do not end'],
    ['slow bodies', 'bodies that do not end'],
    ['half an upgrade', 'upgrades that do not end'],
    ['large headers', 'headers of 60 kB'],
    ['abandoned requests', 'operations that are abandoned'],
    ['tus requests of strangers', 'tus requests for uploads that are not there'],
  ]),
  ...program('sockets', [
    ['large operations', 'large live operations'],
    ['pings with payloads', 'pings with payloads of 250 kB, unread'],
    ['sockets that say nothing', 'sockets that say nothing'],
    ['messages that do not end', 'messages on sockets that do not end'],
  ]),
]

describe('while an honest user works, no answer is lost and memory stays bounded under a flood of', () => {
  let scene: AttackScene
  before(async () => {
    scene = await startAttackScene()
  })
  after(() => scene[Symbol.asyncDispose]())

  for (const flood of floods)
    it(flood.attack, async (t: TestContext) => {
      const given = { email: scene.honestEmail, victim: 'victim@example.org' }
      const met = await scene.endure(t, { ...flood, given, least: amount(50, 2_000), mostTurns: 60_000 })
      assert.ok(Object.keys(met).length > 0)
    })
})
