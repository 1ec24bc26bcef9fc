/** compose.yaml is right, and each of many small mistakes in it is found. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { composeProblems } from './check-compose.ts'
import { readCompose, type Compose } from './read-compose.ts'

type Row = readonly [at: string, to: unknown, found: string]

/** By a path in the file, a last `+` adds to a list; undefined takes the field away. */
const mutants: readonly Row[] = [
  ['services/auth/enviroment', {}, 'instancePath="/services/auth"'],
  ['services/auth/mem_limit', ['640m'], 'mem_limit'],
  ['services/auth/depends_on/mongodb/condition', 'service_health', 'instancePath="/services/auth/depends_on'],
  ['services/grafana/ports/+', '127.0.0.1:4080:3001', '4080'],
  ['services/grafana/ports/+', '4031:3000', 'without specifying the interface'],
  ['services/router/ports/0', '0.0.0.0:4000:8080', 'router: is reached from outside'],
  ['services/mongodb/ports', ['127.0.0.1:27017:27017'], 'mongodb: is reached from outside'],
  ['services/prometheus/user', undefined, 'prometheus: runs as root'],
  ['services/auth/user', '0:0', 'auth: runs as root'],
  ['services/auth/read_only', undefined, 'auth: can write its image'],
  ['services/media/cap_drop', [], 'media: has privileges'],
  ['services/media/cap_add', ['SYS_ADMIN'], 'media: has privileges'],
  ['services/converter/privileged', true, 'converter: has privileges'],
  ['services/converter/security_opt/+', 'seccomp:unconfined', 'converter: may gain privileges'],
  ['services/rabbitmq/security_opt', undefined, 'rabbitmq: may gain privileges'],
  ['services/router/network_mode', 'host', 'router: shares a namespace'],
  ['services/converter/pid', 'host', 'converter: shares a namespace'],
  ['services/admin/volumes', ['/var/run/docker.sock:/var/run/docker.sock'], 'admin: mounts something'],
  ['services/mongodb/volumes/1', './mongodb-user.js:/user.js', 'mongodb: mounts something'],
  ['services/mongodb/volumes/1', './mongodb-users.js:/user.js:ro', 'there is no ./mongodb-users.js to mount'],
  ['services/media/volumes/0', 'upload:/var/lib/earshot', 'there is no upload to mount'],
  ['services/auth/tmpfs/0', '/tmp', 'auth: has a tmpfs without a size'],
  ['services/grafana/mem_limit', undefined, 'grafana: has no limit of memory'],
  ['services/mailer/healthcheck', undefined, 'mailer: has no healthcheck'],
  ['services/mailer/healthcheck', undefined, 'waits for mailer, which never tells'],
  ['services/inbox/image', 'docker.io/maildev/maildev:latest', 'inbox: has an image of no version'],
  ['services/mongodb/image', 'docker.io/library/mongo:8', 'mongodb: has an image of no version'],
  ['services/auth/image', 'localhost/earshot/oauth:dev', 'auth: has an image of no version'],
  ['services/auth/build/target', 'router', 'auth: is built of something else'],
  ['services/auth/build/dockerfile', 'Dockerfile', 'auth: is built of something else'],
  ['services/router/mem_limit', '8g', 'router: has 8g of memory, and is to have 1344m'],
  ['services/router/environment/NODE_OPTIONS', undefined, 'router: has not the NODE_OPTIONS'],
  ['services/media/environment/MALLOC_ARENA_MAX', '4', 'media: has not the MALLOC_ARENA_MAX 2'],
  ['services/media/cpus', undefined, 'media: may run undefined programs'],
  ['services/converter/environment/CONCURRENCY', '3', 'converter: may run 3 programs'],
  ['services/mailer/environment/VERSION', '1.0.0', 'mailer: says its own VERSION'],
  ['services/converter/stop_grace_period', undefined, 'converter: is killed before'],
  ['services/auth/depends_on/mongodb/condition', 'service_started', 'does not wait until mongodb is healthy'],
  ['services/auth/depends_on/rabbitmq', undefined, 'auth: does not wait for rabbitmq'],
  ['services/router/environment/AUTH_URL', 'http://auth:9999', 'auth has no port 9999'],
  ['services/router/environment/AUTH_URL', 'http://oauth:8080', 'there is no oauth'],
  ['services/mailer/networks', ['services', 'stores', 'watched'], 'mailer: cannot reach inbox'],
  ['services/mailer/networks/+', 'mail', 'there is no network mail'],
  ['networks/stores/internal', undefined, 'stores: leads outside'],
  ['services/mongodb/networks/+', 'outside', 'mongodb: is in a network that leads outside'],
  ['services/converter/environment/METRICS_PORT', '9091', 'nobody scrapes converter'],
  ['services/converter/networks', ['stores'], 'prometheus: cannot reach converter'],
  ['services/prometheus/volumes/2', '../observability/rules.json:/rules.json:ro', 'prometheus: has no /etc'],
  ['services/grafana/networks', ['outside'], 'grafana: cannot reach prometheus'],
  ['services/mailer', undefined, 'mailer: is not run'],
]

function mutate(compose: Compose, [at, to]: Row): Compose {
  // What an anchor stands for is one object everywhere: each place gets its own.
  const mutated = JSON.parse(JSON.stringify(compose)) as Compose
  const path = at.split('/')
  const last = path.pop()!
  const place = path.reduce<object>((within, step) => Reflect.get(within, step) as object, mutated)
  if (Array.isArray(place) && last === '+') place.push(to)
  else if (to === undefined) assert.ok(Reflect.has(place, last) && Reflect.deleteProperty(place, last))
  else assert.ok(Reflect.set(place, last, to))
  return mutated
}

describe('the check of compose.yaml', () => {
  let compose: Compose
  before(async () => {
    compose = await readCompose()
  })

  it('finds nothing in it', async () => {
    assert.deepEqual(await composeProblems(compose), [])
  })

  for (const mutant of mutants)
    it(`finds ${mutant[0]} to be ${JSON.stringify(mutant[1]) ?? 'missing'}`, async () => {
      const problems = await composeProblems(mutate(compose, mutant))
      assert.ok(
        problems.some((problem) => problem.includes(mutant[2])),
        problems.join('\n') || 'it found nothing',
      )
    })
})
