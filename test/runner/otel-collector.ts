/** The OpenTelemetry Collector of the trace test, built from its Go modules. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkout, localDirectory } from '#infra/local/folders.ts'
import { folderMegabytes, runCommand } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'

const source = join(checkout, 'test/harness/otel-collector')

/** @returns the path of the program, which is built again when its source changes. */
export async function bringOtelCollector(steps: Steps): Promise<string> {
  const digest = createHash('sha256')
  for (const name of ['main.go', 'go.mod', 'go.sum']) digest.update(await readFile(join(source, name)))
  const program = join(localDirectory, 'otel-collector', digest.digest('hex').slice(0, 16))
  if (existsSync(program)) return program
  return await steps.run('OpenTelemetry Collector (receives traces for the tests), by go build', async () => {
    const built = await runCommand('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', program, '.'], {
      cwd: source,
    })
    if (built.code !== 0)
      throw new SetUpError(
        `The collector could not be built (${built.stderr.trim().split('\n').at(-1)}). Install Go 1.21 or newer, or point OTEL_COLLECTOR_PATH to a collector with the otlp receiver and the file exporter.`,
      )
    return { value: program, cost: `${await folderMegabytes(program)} MB on disk` }
  })
}
