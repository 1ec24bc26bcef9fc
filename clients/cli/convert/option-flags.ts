/** Flags of the command line that together give one option of the API its value. */
import { Option } from 'commander'

export interface OptionFlags<Given, Value> {
  readonly flags: readonly Option[]
  /** Undefined where nothing was given: then the server's own default holds. */
  readonly valueOf: (given: Given) => Value | undefined
}

type Parse<Value> = (value: string, before?: Value) => Value

export function flag<Value>(flags: string, description: string, parse?: Parse<Value>): Option {
  const option = new Option(flags, description)
  return parse === undefined ? option : option.argParser(parse)
}

/** One flag, whose value is the option's. */
export function single<Value>(
  flags: string,
  description: string,
  parse?: Parse<Value>,
): OptionFlags<object, Value> {
  const option = flag(flags, description, parse)
  const name = option.attributeName()
  return {
    flags: [option],
    valueOf: (given) => (given as Record<string, unknown>)[name] as Value | undefined,
  }
}
