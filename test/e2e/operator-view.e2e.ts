/** What an operator watches: a running system tells all of it, a real Prometheus answers every panel, and the doctor finds it well. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { checkout } from '#infra/local/folders.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { ruleQueries } from '#infra/observability/check.ts'
import { unknownMetrics } from '#infra/observability/check-queries.ts'
import { panelQueries } from '#infra/observability/dashboards.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'
import * as user from '#test/harness/api-user.ts'
import { startPrometheus, type Prometheus } from '#test/harness/prometheus.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample } from '#test/harness/sample-media.ts'

describe('what an operator watches', () => {
  let running: RunningSystem
  let prometheus: Prometheus
  before(async () => {
    running = await startTestSystem()
    // Only conversions of a verified address bring mails at once.
    const someone = await registerVerifiedUser(running.system.publicUrl, running.system.inbox!)
    const sample = await makeSample(running.directory, 'mp4-aac')
    await user.convertFile(someone, sample)
    prometheus = await startPrometheus(running.system)
    await waitUntil('what the first conversion took was scraped', async () => {
      const counts = await prometheus.ask('earshot_converter_phase_seconds_count{phase="store"}')
      return counts.length > 0
    })
    // A rate is of what rises between two scrapes.
    await user.convertFile(someone, sample)
  })
  after(async () => {
    await prometheus[Symbol.asyncDispose]()
    await running[Symbol.asyncDispose]()
  })

  it('is told by the running system: every metric that a rule or a panel names', async () => {
    const told = await Promise.all(
      [...running.system.services.values()].map(async ({ healthOrigin }) => {
        const response = await fetch(new URL('/metrics', healthOrigin))
        return await response.text()
      }),
    )
    const names = told.join('\n').matchAll(/^# TYPE (\S+)/gm)
    const known = new Set([...names].map(([, name]) => name!))
    const queries = [...panelQueries, ...(await ruleQueries())]
    assert.ok(queries.length > 40)
    assert.deepEqual(unknownMetrics(queries, known), [])
  })

  const admin = async (...args: string[]) => {
    const { deployment, services, publicUrl } = running.system
    const urls = [...services.values()].map(({ healthOrigin }) => `${healthOrigin}/metrics`)
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      MONGODB_URL: deployment.mongodbUrl,
      RABBITMQ_URL: deployment.rabbitmqUrl,
      FFMPEG_PATH: deployment.ffmpegPath,
      FFPROBE_PATH: deployment.ffprobePath,
      METRICS_URLS: urls.join(' '),
      PUBLIC_URL: publicUrl,
    }
    const { code, stdout, stderr } = await runCommand(
      process.execPath,
      [join(checkout, 'infra/admin/main.ts'), ...args],
      { env },
    )
    assert.equal(code, 0, `${stdout}${stderr}`)
    return stdout.replaceAll(/\n +/g, ' ')
  }

  it('is on one screen of admin status, too', async () => {
    const told = await admin('status')
    assert.match(told, /^queue +nothing waits$/m)
    assert.match(told, /^last hour +SUCCEEDED 2$/m)
    assert.match(told, /^mails +\S+ \d/m)
    assert.match(told, /^set aside +convert 0, /m)
    assert.match(told, /^files +\d+ are kept, .* came in the last hour$/m)
    assert.match(told, new RegExp(`^versions +\\S+ ${running.system.services.size}$`, 'm'))
    assert.match(told, /^sandbox +namespaces 2$/m)
    assert.match(told, /^process +\S+: converter \S+, 0 of \d+ slots are taken, .* of disk are free/m)
  })

  it('is found well by the doctor, with PUBLIC_URL as a client meets it', async () => {
    const told = await admin('doctor')
    assert.equal(told.match(/^processes +\w+ at \S+ is ready$/gm)?.length, running.system.services.size)
    for (const said of [
      'answers queries',
      'it opens WebSockets',
      'it takes uploads',
      'it shows neither metrics nor health',
    ])
      assert.match(told, new RegExp(`^public +.*${said}$`, 'm'))
    assert.equal(
      told.match(/^clock +.* agrees with this machine$/gm)?.length,
      running.system.services.size + 1,
    )
    assert.match(told, /^disk +converter at /m)
  })

  for (const { place, expr } of panelQueries)
    it(`is shown by every panel: ${place}, ${expr.slice(0, 60)}`, async () => {
      const values = await waitUntil(`${expr} has a value`, async () => {
        const found = (await prometheus.ask(expr)).filter((value) => !Number.isNaN(value))
        return found.length > 0 && found
      })
      assert.ok(values.every(Number.isFinite))
    })
})
