/** Tells the words of `npm start` from those of `earshot convert`, which go to the client as they are. */
import { UsageError } from '#infra/local/machine/set-up-error.ts'

export interface StartArguments {
  /** Files and options of `earshot convert`. */
  readonly convert: readonly string[]
  /** Converts a video that is made for this. */
  readonly sample: boolean
  /** Ends when the files are converted. */
  readonly exit: boolean
  readonly help: boolean
  readonly version: boolean
}

const ours = ['--exit', '--sample', '--help', '-h', '--version', '-V']

export const startHelp = `Usage: npm start -- [files...] [--sample] [--exit] [options of convert]

Sets up what is missing, runs Earshot on this machine, and converts the files. It runs on until Ctrl-C.

  --sample  convert a short video that is made for this: music, with tags
  --exit    stop when the files are converted: exit code 0 when each is an MP3 now, else 1
`

/** @param env Tells which of the words npm has kept to itself, for want of a `--` before them. @throws UsageError */
export function parseStartArguments(args: readonly string[], env: NodeJS.ProcessEnv): StartArguments {
  for (const word of ['sample', 'exit'])
    if (env[`npm_config_${word}`] !== undefined)
      throw new UsageError(`npm kept --${word} to itself. Write -- before it: npm start -- --${word}`)
  const convert = args.filter((word) => !ours.includes(word))
  const [exit, sample] = [args.includes('--exit'), args.includes('--sample')]
  const help = args.includes('--help') || args.includes('-h')
  if (exit && !sample && convert.length === 0)
    throw new UsageError('--exit needs something to convert: name a file, or use --sample.')
  const version = args.includes('--version') || args.includes('-V')
  return { convert, sample, exit, help, version }
}
