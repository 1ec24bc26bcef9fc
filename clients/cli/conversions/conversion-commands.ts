/** `earshot status`, `list` and `cancel`: looking at conversions, and stopping one. */
import {
  CancelConversionDocument,
  ConversionDocument,
  ConversionsDocument,
  type ConversionStatus,
} from '#schema/generated/operations.ts'
import type { RunOperation } from '#cli/api/api.ts'
import { oneLine } from '#cli/cli-error.ts'
import type { Conversion } from '#cli/convert/follow-conversion.ts'
import { formatMp3, formatProgress } from '#cli/format.ts'

export interface ConversionCommandContext {
  readonly run: RunOperation
  readonly signal: AbortSignal
  readonly out: NodeJS.WritableStream
}

interface JsonOption {
  readonly json?: boolean
}

export async function statusCommand(
  id: string,
  { json }: JsonOption,
  { run, signal, out }: ConversionCommandContext,
): Promise<void> {
  const { conversion } = await run(ConversionDocument, { id }, signal)
  out.write(json ? jsonLine(conversion) : details(conversion))
}

export async function cancelCommand(
  id: string,
  { json }: JsonOption,
  { run, signal, out }: ConversionCommandContext,
): Promise<void> {
  const { conversion } = (await run(CancelConversionDocument, { input: { id } }, signal)).cancelConversion
  out.write(json ? jsonLine(conversion) : details(conversion))
}

export interface ListOptions extends JsonOption {
  readonly first: number
  readonly status?: ConversionStatus[]
}

export async function listCommand(
  { first, status, json }: ListOptions,
  { run, signal, out }: ConversionCommandContext,
): Promise<void> {
  const { me } = await run(ConversionsDocument, { first, ...(status && { status }) }, signal)
  const page = me?.conversions
  const conversions = page?.edges.map(({ node }) => node) ?? []
  for (const conversion of conversions) out.write(json ? jsonLine(conversion) : row(conversion))
  if (!json && conversions.length === 0) out.write('No conversions.\n')
  if (!json && page?.pageInfo.hasNextPage) out.write('There are older ones: see more with --first.\n')
}

const jsonLine = (conversion: Conversion) => `${JSON.stringify(conversion)}\n`

const row = ({ id, status, createdAt, filename }: Conversion) =>
  `${id}  ${status.padEnd(9)}  ${createdAt.slice(0, 16).replace('T', ' ')}  ${oneLine(filename)}\n`

function details({
  id,
  filename,
  status,
  progress,
  failure,
  mp3s,
  createdAt,
  finishedAt,
}: Conversion): string {
  const lines = [
    ['Conversion', id],
    ['File', oneLine(filename)],
    ['Status', status],
    ['Ordered', createdAt],
    ...(progress && status === 'RUNNING' ? [['Progress', formatProgress(progress)]] : []),
    ...(finishedAt === null ? [] : [['Settled', finishedAt]]),
    ...(failure === null ? [] : [['Reason', `${oneLine(failure.message)} [${failure.code}]`]]),
    ...mp3s.flatMap((mp3) => [
      ['MP3', `${oneLine(mp3.filename)} (${formatMp3(mp3)})`],
      ['Link', `${mp3.downloadUrl} (until ${mp3.expiresAt})`],
    ]),
  ]
  return lines.map(([label, value]) => `${label!.padEnd(11)} ${value}\n`).join('')
}
