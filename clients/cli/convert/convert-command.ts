/** `convert FILE…`: files into MP3s, one after another, a line for each MP3. */
import type { Command } from 'commander'
import { dirname } from 'node:path'
import { failureOf, oneLine, sentenceOf, UsageError } from '#cli/cli-error.ts'
import type { CommandContext } from '#cli/command-context.ts'
import { Interrupted } from '#cli/interruption.ts'
import { outputTargets, type OutputTarget } from '#cli/save/output-targets.ts'
import type { SaveTarget } from '#cli/save/save-mp3.ts'
import {
  addSaveOptions,
  ifTaken,
  isFolder,
  savedJson,
  savedLines,
  type SaveOptions,
} from '#cli/save/save-options.ts'
import { freePath } from '#cli/save/save-mp3.ts'
import type { Session } from '#cli/session/session.ts'
import { addAudioOptions, validateAudioOptions, type AudioOptions } from './audio-options.ts'
import type { ApiAccess } from './finish-conversion.ts'
import { convertFile, type ConvertOrder } from './convert-file.ts'
import { checkTarget, openFile } from './local-file.ts'
import { tellWarnings } from '#cli/conversions/show-conversion.ts'
import { createProgressView } from './progress-view.ts'

interface ConvertOptions extends AudioOptions, SaveOptions {
  readonly dryRun?: boolean
}

type ConvertContext = ApiAccess &
  Pick<CommandContext, 'signal' | 'out' | 'terminal'> & { readonly session: Pick<Session, 'accessToken'> }

export function addConvertCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: number) => void,
): void {
  const convert = program
    .command('convert')
    .description('upload files, convert them, and save the MP3s in this folder')
    .argument('<files...>', 'videos, or audio files')
  addSaveOptions(convert).option('--dry-run', 'say what would be written, and do nothing')
  addAudioOptions(convert).action(async (files: string[], options: ConvertOptions) =>
    finish(await convertCommand(files, options, context)),
  )
}

/** Resolves with the exit code: 0 when every file is an MP3 now. @throws UsageError, or Interrupted. */
export async function convertCommand(
  files: readonly string[],
  options: ConvertOptions,
  context: ConvertContext,
): Promise<number> {
  validateAudioOptions(options)
  const { output, splitByChapters = false } = options
  const targets = outputTargets(files, { output, isFolder, isSplit: splitByChapters })
  // Whoever is not signed in is told before a large file has been read.
  if (!options.dryRun) await context.session.accessToken(context.signal)
  let failures = 0
  for (const [index, file] of files.entries()) {
    const order = { file, target: saveTarget(file, targets[index]!, options), audio: options }
    const isDone = options.dryRun
      ? await checkOnly(order, options, context)
      : await convertAndSave(order, options, context)
    if (!isDone) failures += 1
  }
  return failures === 0 ? 0 : 1
}

const saveTarget = (video: string, target: OutputTarget, options: ConvertOptions): SaveTarget => ({
  path: target.path,
  ifTaken: ifTaken(target, options),
  video,
})

async function checkOnly(
  { file, target }: ConvertOrder,
  { json, splitByChapters }: ConvertOptions,
  { out, terminal, command }: ConvertContext,
): Promise<boolean> {
  try {
    await openFile(file)
    await checkTarget(target)
    const { path } = target
    const free = splitByChapters ? path : await freePath(target)
    const to = splitByChapters
      ? `an MP3 for each chapter, in ${oneLine(dirname(path))}`
      : `${oneLine(path)}${free === path ? '' : ` (or "${oneLine(free)}": the name is taken)`}`
    out.write(json ? `${JSON.stringify({ file, path, free })}\n` : `${oneLine(file)} -> ${to}\n`)
    return true
  } catch (error) {
    terminal.write(`${oneLine(file)}: ${sentenceOf(error, command)}\n`)
    return false
  }
}

async function convertAndSave(
  order: ConvertOrder,
  { json }: ConvertOptions,
  context: ConvertContext,
): Promise<boolean> {
  const { signal, out, terminal, command } = context
  const { file, target } = order
  const view = createProgressView(terminal, file)
  let conversionId: string | null = null
  const started = (id: string) => void (conversionId = id)
  try {
    await checkTarget(target)
    const { conversion, saved } = await convertFile(order, context, { view, started }, signal)
    view.end()
    if (!json) tellId(conversionId, terminal)
    const { status, warnings } = conversion
    tellWarnings(file, warnings, terminal)
    const result = {
      file,
      status,
      conversionId,
      outputs: savedJson(conversion, saved),
      warnings,
      failure: null,
    }
    out.write(json ? `${JSON.stringify(result)}\n` : savedLines(conversion, saved))
    return true
  } catch (error) {
    view.end()
    if (signal.aborted) {
      terminal.write(`${farewell(file, conversionId, command)}\n`)
      throw signal.reason instanceof Interrupted ? signal.reason : error
    }
    if (error instanceof UsageError) throw error
    if (!json) tellId(conversionId, terminal)
    terminal.write(`${oneLine(file)}: ${sentenceOf(error, command)}\n`)
    if (json) out.write(`${JSON.stringify(failureJson(file, conversionId, error))}\n`)
    return false
  }
}

/** Other commands take it. */
function tellId(conversionId: string | null, terminal: ConvertContext['terminal']): void {
  if (conversionId !== null) terminal.write(`Conversion  ${oneLine(conversionId)}\n`)
}

function farewell(file: string, conversionId: string | null, command: string): string {
  if (conversionId === null) return `Stopped: ${oneLine(file)} was not converted.`
  return `Stopped: the conversion of ${oneLine(file)} goes on. Its MP3: ${command} download ${oneLine(conversionId)}`
}

function failureJson(file: string, conversionId: string | null, error: unknown) {
  const failure = failureOf(error)
  const status = failure.code === 'CANCELLED' ? 'CANCELLED' : 'FAILED'
  return { file, status, conversionId, outputs: [], warnings: [], failure }
}
