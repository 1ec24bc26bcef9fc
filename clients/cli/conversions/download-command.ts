/** `download ID`: waits for a conversion where it is not finished, and saves its MP3s. */
import type { Command } from 'commander'
import { fileName } from '#schema/file-names.ts'
import { ConversionDocument } from '#schema/generated/operations.ts'
import type { CommandContext } from '#cli/command-context.ts'
import { finishConversion } from '#cli/convert/finish-conversion.ts'
import type { Conversion } from '#cli/convert/follow-conversion.ts'
import { createProgressView } from '#cli/convert/progress-view.ts'
import { ofConversion } from './one-conversion.ts'
import { outputTarget } from '#cli/save/output-targets.ts'
import type { SaveTarget } from '#cli/save/save-mp3.ts'
import { tellWarnings } from './show-conversion.ts'
import {
  addSaveOptions,
  ifTaken,
  isFolder,
  savedJson,
  savedLines,
  type SaveOptions,
} from '#cli/save/save-options.ts'

export function addDownloadCommand(program: Command, context: CommandContext): void {
  const download = program
    .command('download')
    .description('save the MP3s of a conversion in this folder, as soon as it is finished')
    .argument('<id>', "the conversion's id")
  addSaveOptions(download).action((id: string, options: SaveOptions) => downloadCommand(id, options, context))
}

async function downloadCommand(id: string, options: SaveOptions, context: CommandContext): Promise<void> {
  const { run, signal, out, terminal } = context
  const found = (await ofConversion(id, run(ConversionDocument, { id }, signal))).conversion!
  const view = createProgressView(terminal, found.filename)
  try {
    const target = (conversion: Conversion) => targetOf(conversion, options)
    const { conversion, saved } = await finishConversion(found, target, context, view, signal)
    view.end()
    const { filename: file, status, warnings } = conversion
    tellWarnings(file, warnings, terminal)
    const result = {
      file,
      status,
      conversionId: id,
      outputs: savedJson(conversion, saved),
      warnings,
      failure: null,
    }
    out.write(options.json ? `${JSON.stringify(result)}\n` : savedLines(conversion, saved))
  } finally {
    view.end()
  }
}

function targetOf({ mp3s }: Conversion, options: SaveOptions): SaveTarget {
  const name = fileName(mp3s[0]!.filename)
  const target = outputTarget(name, mp3s.length > 1, { output: options.output, isFolder })
  return { path: target.path, ifTaken: ifTaken(target, options) }
}
