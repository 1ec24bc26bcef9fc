/** `status`, `list`, `cancel` and `retry`: looking at conversions, stopping one, and starting one again. */
import type { Command } from 'commander'
import {
  CancelConversionDocument,
  ConversionDocument,
  ConversionsDocument,
  RetryConversionDocument,
  type ConversionStatus,
} from '#schema/generated/operations.ts'
import { idempotencyKeyCharacters, pageSize } from '#schema/limits.ts'
import type { CommandContext } from '#cli/command-context.ts'
import { wholeIn } from '#cli/convert/option-values.ts'
import { ofConversion } from './one-conversion.ts'
import { conversionStatuses } from './conversion-statuses.ts'
import { conversionDetails, conversionRow, jsonLine } from './show-conversion.ts'
import type { Conversion } from '#cli/convert/follow-conversion.ts'

interface JsonOption {
  readonly json?: boolean
}

export function addConversionCommands(program: Command, context: CommandContext): void {
  const { run, signal } = context
  const onOne = (
    name: string,
    description: string,
    act: (id: string) => Promise<Conversion>,
    headline: (conversion: Conversion) => string = () => '',
  ) =>
    program
      .command(name)
      .description(description)
      .argument('<id>', "the conversion's id")
      .option('--json', 'print a line of JSON')
      .action(async (id: string, { json }: JsonOption) => {
        const conversion = await ofConversion(id, act(id))
        context.out.write(
          json
            ? jsonLine(conversion)
            : `${headline(conversion)}${conversionDetails(conversion, context.command)}`,
        )
      })

  onOne('status', 'show how a conversion stands', async (id) => {
    // One that is not there is an error, which `run` throws.
    return (await run(ConversionDocument, { id }, signal)).conversion!
  })
  program
    .command('list')
    .description('list your conversions, newest first')
    .option(
      '-s, --status <states>',
      'only those that are queued, running, succeeded, failed or cancelled; several by commas',
      (value, before: ConversionStatus[] | undefined) => conversionStatuses(value, before),
    )
    .option('-n, --first <count>', 'how many, 1 to 100', wholeIn(pageSize), 20)
    .option('--json', 'print a line of JSON for each')
    .action((options: ListOptions) => listCommand(options, context))
  onOne('cancel', 'stop a conversion that is waiting or running', async (id) => {
    return (await run(CancelConversionDocument, { input: { id } }, signal)).cancelConversion.conversion
  })
  onOne(
    'retry',
    'start a conversion again that failed or was cancelled, without another upload, under a new id',
    async (id) => {
      // The same key each time: a conversion is started again once, however often it is asked for.
      const input = { id, idempotencyKey: `retry-${id}`.slice(0, idempotencyKeyCharacters.most) }
      return (await run(RetryConversionDocument, { input }, signal)).retryConversion.conversion
    },
    ({ id }) => `Started again as ${id}\n`,
  )
}

interface ListOptions extends JsonOption {
  readonly first: number
  readonly status?: ConversionStatus[]
}

async function listCommand(
  { first, status, json }: ListOptions,
  { run, signal, out, terminal, command }: CommandContext,
): Promise<void> {
  const { me } = await run(ConversionsDocument, { first, ...(status && { status }) }, signal)
  const page = me?.conversions
  const conversions = page?.edges.map(({ node }) => node) ?? []
  for (const conversion of conversions) out.write(json ? jsonLine(conversion) : conversionRow(conversion))
  if (conversions.length === 0)
    terminal.write(
      status === undefined
        ? `There are none yet. Make one: ${command} convert talk.mp4\n`
        : 'None is in these states.\n',
    )
  if (page?.pageInfo.hasNextPage) terminal.write('There are older ones: see more with --first.\n')
}
