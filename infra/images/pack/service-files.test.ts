import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { checkout } from '#infra/local/folders.ts'
import { services } from '#infra/local/system/services.ts'
import { nodeArguments, programs, programNames, rootsOf } from './programs.ts'
import { serviceFiles } from './service-files.ts'

const dockerfile = await readFile(join(checkout, 'infra/images/Dockerfile'), 'utf8')

describe('an image', () => {
  it('is there for each process and for earshot admin', () => {
    const mains = Object.entries(services).map(([name, { main }]) => [name, main])
    assert.deepEqual({ ...programs }, { ...Object.fromEntries(mains), admin: 'infra/admin/main.ts' })
  })

  it('is a target of the Dockerfile that gets its own files and starts its own program', () => {
    for (const name of programNames) {
      const [, stage = ''] =
        new RegExp(`^FROM \\S+ AS ${name}\\n([^]*?)(?:\\nFROM |$(?![^]))`, 'm').exec(dockerfile) ?? []
      assert.match(stage, new RegExp(`^COPY --from=packed /packed/${name} \\./$`, 'm'))
      const [, entrypoint = '[]'] = /^ENTRYPOINT (.+)$/m.exec(stage) ?? []
      const words = JSON.parse(entrypoint) as string[]
      const command = ['/usr/local/bin/node', ...nodeArguments(name, '/opt/earshot')]
      assert.deepEqual(words.slice(words.indexOf(command[0]!)), command)
    }
  })

  it('has ffmpeg only where media is handled', () => {
    const withFfmpeg = Array.from(dockerfile.matchAll(/^FROM media-system AS (\w+)$/gm), ([, name]) => name)
    assert.deepEqual(withFfmpeg, ['media', 'converter'])
  })

  it('holds no test, and of the packages those alone that its program imports', () => {
    for (const name of programNames) {
      const { files } = serviceFiles(checkout, rootsOf(name))
      assert.ok(files.includes(programs[name]))
      assert.deepEqual(
        files.filter((file) => /\.test\.ts$|\/testing\//.test(file)),
        [],
      )
    }
    const { packages } = serviceFiles(checkout, [programs.router])
    assert.ok(packages.includes('fastify'))
    // A type that is imported is gone at run time.
    assert.ok(!packages.includes('mongodb') && !packages.includes('fluent-ffmpeg'))
  })

  it('holds what is read beside the modules, and the schemas that are named by import.meta.resolve', () => {
    assert.ok(serviceFiles(checkout, rootsOf('router')).files.includes('schema/generated/supergraph.graphql'))
    const auth = serviceFiles(checkout, rootsOf('auth')).files
    assert.ok(auth.includes('subgraphs/auth/accounts/leaked-passwords.txt'))
    assert.ok(auth.includes('schema/graphql/auth.graphql'))
    for (const name of ['media', 'converter'] as const)
      assert.ok(serviceFiles(checkout, rootsOf(name)).files.includes('runtime/ffmpeg/landlock.pl'))
  })

  it('is built of files that .dockerignore lets through', async () => {
    const lines = (await readFile(join(checkout, '.dockerignore'), 'utf8')).split('\n')
    const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
    const files = programNames.flatMap((name) => serviceFiles(checkout, rootsOf(name)).files)
    const left = files.filter((file) => !allowed.some((one) => file === one || file.startsWith(`${one}/`)))
    assert.deepEqual(left, [])
  })

  it('is not built where a file is imported that is not there', () =>
    assert.throws(
      () => serviceFiles(checkout, [join(dirname(programs.router), 'missing.ts')]),
      /is not there/,
    ))
})
