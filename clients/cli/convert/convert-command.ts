/** `earshot convert FILE…`: files into MP3s, one after another, a line for each. */
import { statSync } from 'node:fs'
import { oneLine, sentenceOf, UsageError, CliError } from '#cli/cli-error.ts'
import { convertFile, type ConvertDependencies, type Converted } from './convert-file.ts'
import { formatMp3 } from '#cli/format.ts'
import { Interrupted } from '#cli/interruption.ts'
import { assureSense, type AudioOptions } from './audio-options.ts'
import { outputTargets } from '#cli/save/output-targets.ts'
import { createProgressView, type Terminal } from './progress-view.ts'

export interface ConvertOptions extends AudioOptions {
  readonly output?: string
  readonly force?: boolean
  readonly json?: boolean
}

export interface CommandContext extends ConvertDependencies {
  readonly signal: AbortSignal
  readonly out: NodeJS.WritableStream
  readonly terminal: Terminal
}

/** Resolves with the exit code: 0 when every file is an MP3 now. @throws UsageError, or Interrupted. */
export async function convertCommand(
  files: readonly string[],
  options: ConvertOptions,
  context: CommandContext,
): Promise<number> {
  assureSense(options)
  const targets = outputTargets(files, { output: options.output, isFolder })
  let failures = 0
  for (const [index, file] of files.entries()) {
    if (!(await convertOne(file, targets[index]!, options, context))) failures += 1
  }
  return failures === 0 ? 0 : 1
}

async function convertOne(
  file: string,
  target: string,
  options: ConvertOptions,
  context: CommandContext,
): Promise<boolean> {
  const { signal, out, terminal } = context
  const view = createProgressView(terminal, file)
  let conversionId: string | null = null
  const started = (id: string) => void (conversionId = id)
  try {
    const order = { file, target, overwrite: options.force ?? false, sound: options }
    const converted = await convertFile(order, context, { view, started }, signal)
    view.end()
    for (const { message } of converted.conversion.warnings)
      terminal.write(`${oneLine(file)}: note: ${oneLine(message)}\n`)
    out.write(options.json ? jsonOf(file, converted) : linesOf(converted))
    return true
  } catch (error) {
    view.end()
    if (signal.aborted) {
      terminal.write(`${farewell(file, conversionId)}\n`)
      throw signal.reason instanceof Interrupted ? signal.reason : error
    }
    if (error instanceof UsageError) throw error
    terminal.write(`${oneLine(file)}: ${sentenceOf(error)}\n`)
    if (options.json) out.write(failureJsonOf(file, conversionId, error))
    return false
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

const linesOf = ({ conversion, paths }: Converted) =>
  paths.map((path, index) => `${oneLine(path)}  (${formatMp3(conversion.mp3s[index]!)})\n`).join('')

function farewell(file: string, conversionId: string | null): string {
  if (conversionId === null) return `Stopped: ${oneLine(file)} was not converted.`
  return `Stopped watching: the conversion of ${oneLine(file)} goes on. See it by: earshot status ${conversionId}`
}

function jsonOf(file: string, { conversion, paths }: Converted): string {
  const { id, status, mp3s, warnings } = conversion
  const outputs = mp3s.map((mp3, index) => ({ path: paths[index], mp3 }))
  return `${JSON.stringify({ file, status, conversionId: id, outputs, warnings, failure: null })}\n`
}

function failureJsonOf(file: string, conversionId: string | null, error: unknown): string {
  const { code, message, retryable } =
    error instanceof CliError
      ? error
      : new CliError('UNEXPECTED', error instanceof Error ? error.message : String(error))
  const status = code === 'CANCELLED' ? code : 'FAILED'
  const failure = { code, message, retryable }
  return `${JSON.stringify({ file, status, conversionId, outputs: [], warnings: [], failure })}\n`
}
