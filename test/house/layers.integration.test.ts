import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { checkout } from '#infra/local/folders.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { layers } from '#infra/layers.ts'

describe('the layers of the house', () => {
  it('each have a name in the import map, and nothing else has one', async () => {
    const { imports } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as {
      imports: Record<string, string>
    }
    const expected = Object.entries(layers).map(([name, { folder }]) => [`#${name}/*`, `./${folder}/*`])
    assert.deepEqual(imports, Object.fromEntries(expected))
  })

  it('import what they may and nothing else, and so do their tests', async () => {
    const reported = await lintHouseOf((name) =>
      Object.keys(layers)
        .filter((other) => other !== name)
        .map((other) => `#${other}/room/neighbour.ts`),
    )
    const expected = Object.entries(layers).flatMap(([name, { folder, imports }]) => {
      const forbidden = (allowed: readonly string[]) =>
        Object.keys(layers).filter((other) => other !== name && !allowed.includes(other))
      return [
        ...forbidden(imports).map((other) => `${folder}/room/file.ts #${other}/room/neighbour.ts`),
        ...forbidden([...imports, 'test']).map(
          (other) => `${folder}/room/file.test.ts #${other}/room/neighbour.ts`,
        ),
      ]
    })
    assert.ok(expected.includes('workers/mailer/room/file.ts #converter/room/neighbour.ts'))
    assert.deepEqual(reported.toSorted(), expected.toSorted())
  })

  it('import a neighbour by ./ and everything else by its name', async () => {
    const wrong = (name: string) => [`#${name}/room/neighbour.ts`, './inner/other.ts', '../other.ts']
    const right = (name: string) => ['./neighbour.ts', `#${name}/other.ts`, `#${name}/room/inner/other.ts`]
    const reported = await lintHouseOf((name) => [...wrong(name), ...right(name)])
    const expected = Object.entries(layers).flatMap(([name, { folder }]) =>
      ['file.ts', 'file.test.ts'].flatMap((file) =>
        wrong(name).map((path) => `${folder}/room/${file} ${path}`),
      ),
    )
    assert.deepEqual(reported.toSorted(), expected.toSorted())
  })

  it('leave what is there for tests to tests', async () => {
    const reported = await lintHouseOf((name) => [`#${name}/testing/double.ts`])
    const others = Object.entries(layers).filter(([name]) => name !== 'test')
    const expected = others.map(([name, { folder }]) => `${folder}/room/file.ts #${name}/testing/double.ts`)
    assert.deepEqual(reported.toSorted(), expected.toSorted())
  })

  it('leave fluent-ffmpeg to one file', async () => {
    const reported = await lintHouseOf(() => ['fluent-ffmpeg'])
    assert.ok(reported.includes('workers/converter/room/file.ts fluent-ffmpeg'))
    assert.ok(!reported.some((line) => line.startsWith('runtime/ffmpeg/ffmpeg.ts')))
  })
})

/** Lints a house in which each layer has a room with a file and a test that import what is given. @returns file and import of each complaint. */
async function lintHouseOf(importsOf: (name: string) => readonly string[]): Promise<string[]> {
  await using house = await createTemporaryDirectory()
  await mkdir(join(house.path, 'infra'))
  for (const file of ['infra/layers.ts', 'oxlint.config.ts', 'package.json'])
    await copyFile(join(checkout, file), join(house.path, file))
  await symlink(join(checkout, 'node_modules'), join(house.path, 'node_modules'))
  const write = async (folder: string, file: string, name: string) => {
    await mkdir(join(house.path, folder), { recursive: true })
    const lines = importsOf(name).map((path) => `import '${path}'\n`)
    await writeFile(join(house.path, folder, file), lines.join(''))
  }
  for (const [name, { folder }] of Object.entries(layers)) {
    await write(join(folder, 'room'), 'file.ts', name)
    await write(join(folder, 'room'), 'file.test.ts', name)
  }
  await mkdir(join(house.path, 'runtime/ffmpeg'))
  await writeFile(join(house.path, 'runtime/ffmpeg/ffmpeg.ts'), "import 'fluent-ffmpeg'\n")
  const { diagnostics } = JSON.parse(await oxlint(house.path)) as {
    diagnostics: { code: string; message: string; filename: string }[]
  }
  return diagnostics
    .filter(({ code }) => code.includes('no-restricted-imports'))
    .map(({ message, filename }) => `${filename} ${/'([^']+)' import/.exec(message)?.[1]}`)
}

/** @returns what it prints; it ends with 1 when it found something. */
function oxlint(directory: string): Promise<string> {
  const program = join(checkout, 'node_modules/oxlint/bin/oxlint')
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, '--format', 'json', '.'],
      { cwd: directory, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) =>
        stdout === '' ? reject(error ?? new Error('oxlint said nothing')) : resolve(stdout),
    )
  })
}
