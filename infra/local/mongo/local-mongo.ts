/** Builds LocalMongo.java once for each version of its source, and says how to run it. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { NeededPackage } from '#infra/local/machine/apt.ts'
import { findOnPath } from '#runtime/process/find-executable.ts'
import { localDirectory } from '#infra/local/folders.ts'
import { folderMegabytes, runCommand } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'

const source = import.meta.dirname

/** Named by its source, so that a changed source is built anew. */
export async function localMongoBuild(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of ['LocalMongo.java', 'pom.xml']) hash.update(await readFile(join(source, file)))
  return join(localDirectory, 'mongo-java-server', hash.digest('hex').slice(0, 16))
}

/** What is missing to build and run it; undefined when nothing is. */
export async function missingJavaPackages(): Promise<NeededPackage | undefined> {
  const built = existsSync(await localMongoBuild())
  const names: string[] = []
  if (findOnPath(built ? 'java' : 'javac') === undefined) names.push(await javaPackage(built ? 'jre' : 'jdk'))
  if (!built && findOnPath('mvn') === undefined) names.push('maven')
  if (names.length === 0) return undefined
  return { names, instead: 'point MONGODB_URL to a MongoDB, or put its mongod on the PATH' }
}

async function javaPackage(kind: 'jdk' | 'jre'): Promise<string> {
  const seventeen = `openjdk-17-${kind}-headless`
  const known = await runCommand('apt-cache', ['show', '--no-all-versions', seventeen])
  return known.code === 0 ? seventeen : `default-${kind}-headless`
}

export async function buildLocalMongo(steps: Steps): Promise<string> {
  const build = await localMongoBuild()
  if (existsSync(build)) return build
  return steps.run('MongoDB: mongo-java-server, built by Maven', async () => {
    // The folder gets its name only when it is whole.
    const unfinished = `${build}.${process.pid}`
    await mkdir(dirname(build), { recursive: true })
    const pom = ['-f', join(source, 'pom.xml'), `-Dlocal.mongo.build=${unfinished}`]
    const result = await runCommand('mvn', ['-q', '-B', ...pom, 'compile', 'dependency:copy-dependencies'])
    if (result.code !== 0) {
      await rm(unfinished, { recursive: true, force: true })
      const reason = (result.stdout + result.stderr).split('\n').find((line) => line.includes('ERROR'))
      throw new SetUpError(
        `Maven could not build the local MongoDB: ${reason ?? `it ended with code ${result.code}`}\n` +
          'Install MongoDB (mongod on the PATH) or point MONGODB_URL to one, or let Maven reach its repository.',
      )
    }
    await rename(unfinished, build)
    return { value: build, cost: `${await folderMegabytes(build)} MB on disk` }
  })
}

/** The heap is small and the compiler simple, which together start in half a second and stay out of ffmpeg's way. */
export function localMongoCommand(build: string, file: string, port: number): [string, string[]] {
  const classPath = `${join(build, 'classes')}:${join(build, 'dependency/*')}`
  const machine = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
  return ['java', [...machine, '-cp', classPath, 'LocalMongo', file, String(port)]]
}
