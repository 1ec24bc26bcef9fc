/** A service under supervision, on a real process. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { checkout } from '#infra/local/folders.ts'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { startService, type Service } from './service.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

interface Bench extends AsyncDisposable {
  readonly reports: string[]
  start(env?: NodeJS.ProcessEnv, supervise?: boolean): Promise<Service>
}

async function createBench(): Promise<Bench> {
  const started = new AsyncDisposableStack()
  const directory = started.use(await createTemporaryDirectory())
  const ports = started.use(await openPortBook({ file: join(directory.path, 'ports.json'), offset: 6_500 }))
  const reports: string[] = []
  return {
    reports,
    start: async (env = {}, supervise = true) =>
      started.use(
        await startService({
          name: 'stub',
          main: 'infra/local/system/testing/stub-service.ts',
          root: checkout,
          metricsPort: await ports.claim('stub'),
          env: { PATH: process.env['PATH'], ANSWER: 'first', ...env },
          directory: directory.path,
          report: (line) => reports.push(line),
          supervise,
        }),
      ),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

const answer = async (service: Service) => (await fetch(service.healthOrigin)).text()

describe('a service', () => {
  it('is ready when it has started', async () => {
    await using bench = await createBench()
    assert.equal(await answer(await bench.start()), 'first')
  })

  it('that dies at once is not started again: its last words are told instead', async () => {
    await using bench = await createBench()
    await assert.rejects(bench.start({ DIE: 'PUBLIC_URL is wrong' }), /code 3[^]*PUBLIC_URL is wrong/)
    assert.deepEqual(bench.reports, ['stub: PUBLIC_URL is wrong'])
  })

  it('comes back by itself after it was killed', async () => {
    await using bench = await createBench()
    const service = await bench.start()
    const before = service.pid
    await service.kill()
    await service.ready()
    assert.ok(service.pid !== undefined && service.pid !== before)
    assert.match(bench.reports[0] ?? '', /^stub: ended with SIGKILL/)
  })

  it('that nobody supervises stays down until it is started again, then with its new settings', async () => {
    await using bench = await createBench()
    const service = await bench.start({}, false)
    await service.kill()
    assert.equal(service.pid, undefined)
    await service.restart({ ANSWER: 'second' })
    assert.equal(await answer(service), 'second')
  })

  it('that was stopped stays down', async () => {
    await using bench = await createBench()
    const service = await bench.start()
    await service.stop()
    assert.equal(service.pid, undefined)
    await assert.rejects(answer(service))
    assert.deepEqual(bench.reports, [])
  })
})
