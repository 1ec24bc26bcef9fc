/** Converters die at random moments; nothing accepted is lost, nothing happens twice. */
import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { it } from 'node:test'
import { promisify } from 'node:util'
import assert from 'node:assert/strict'
import { checkPromises } from '#test/faults/oracle.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'
import * as user from '#test/harness/api-user.ts'
import { startTestSystem } from '#test/harness/running-system.ts'

const run = promisify(execFile)
const kills = Number(process.env['FAULTS_KILLS'] ?? 10)
const jobs = Math.max(8, kills)

it(`${kills} kills of converters lose nothing and double nothing`, async (t) => {
  await using running = await startTestSystem()
  const { system, directory, database } = running
  await system.addService('converter', 'converter-2')
  const someone = await registerVerifiedUser(system.publicUrl, system.inbox!)
  const path = join(directory, 'minutes.mp4')
  const sound = `aevalsrc='0.3*sin(440*2*PI*t)+0.05*random(0)|0.3*sin(554*2*PI*t)':s=44100:d=180`
  await run(process.env['FFMPEG_PATH'] ?? 'ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    sound,
    '-c:a',
    'aac',
    path,
  ])

  const accepted: string[] = []
  for (let job = 0; job < jobs; job++) {
    const upload = await user.uploadFile(someone, path)
    accepted.push((await user.startConversion(someone, upload.id)).id)
  }
  const watching = Promise.all(
    accepted.map(async (id) => [id, await user.followConversion(someone.api, id, 0)] as const),
  )
  for (let kill = 0; kill < kills; kill++) {
    // When a worker dies is what the test is about: any moment will do.
    await delay(randomInt(200, 2_500))
    const converter = system.services.get(kill % 2 === 0 ? 'converter' : 'converter-2')!
    await converter.kill()
    await converter.restart()
  }
  const told = new Map(await watching)
  const documents = await checkPromises({
    user: someone,
    database,
    inbox: system.inbox!,
    directory,
    accepted,
    told,
  })
  const crashes = documents.reduce((sum, document) => sum + document.crashes, 0)
  t.diagnostic(
    `${accepted.length} accepted, ${documents.length} settled, ${crashes} leases lost to ${kills} kills`,
  )
  assert.ok(documents.every((document) => document.status === 'SUCCEEDED'))
})
