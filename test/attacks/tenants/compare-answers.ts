/** Whether an answer tells anything of another tenant: by what it holds, and by how it differs from the one about nothing. */
import { isDeepStrictEqual } from 'node:util'

export interface Answered {
  /** What was sent in the place that is tried. */
  readonly sent: string | number
  /** The whole answer: data, errors, status. */
  readonly answer: unknown
}

/** Undefined where nothing is told; else what. @param secrets Texts that nobody but the tenant may be shown. */
export function toldBy(
  aboutTheirs: Answered,
  aboutNothing: Answered,
  secrets: readonly string[],
): string | undefined {
  const text = withoutSent(aboutTheirs)
  const shown = secrets.find((secret) => text.includes(secret))
  if (shown !== undefined) return `the answer holds ${shown}`
  return difference(masked(aboutTheirs), masked(aboutNothing), 'the answer')
}

/** What differs from one request to the next in any case: ids that are made, moments, tokens, what one has used oneself. */
const passing = [
  /\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g,
  /\b[\da-f]{32}\b/g,
  /\b\d{4}-\d\d-\d\dT[\d:.]+Z/g,
  /\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /\/uploads\/\d+\/[\w-]{43}/g,
  /(?<="(refreshToken|cursor|startCursor|endCursor)":")[^"]+/g,
  /(?<="used":)\d+/g,
]

const masked = (answered: Answered): unknown =>
  JSON.parse(passing.reduce((said, pattern) => said.replaceAll(pattern, mask), withoutSent(answered)))

/** A number stays one, so that the text can be read again. */
const mask = (found: string) => (/^\d+$/.test(found) ? '0' : '<made>')

/** The answer as text. What was sent may come back, also in lower case, as keys of tags do. */
function withoutSent({ answer, sent }: Answered): string {
  const text = JSON.stringify(answer)
  // A number comes back as an ID, which is a text.
  const found = typeof sent === 'string' ? RegExp.escape(sent) : `(?<=")${sent}(?=")`
  return text.replaceAll(new RegExp(found, 'gi'), '<sent>')
}

/** The first place where they differ. */
function difference(one: unknown, other: unknown, path: string): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return `${path} is ${JSON.stringify(one)}, and about what does not exist ${JSON.stringify(other)}`
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return keys
    .map((key) => difference(Reflect.get(one, key), Reflect.get(other, key), `${path}.${key}`))
    .find((found) => found !== undefined)
}
