/** The Dockerfile: what dockerfile-utils finds in it, and what we ask of each image besides. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { checkout } from '#infra/local/folders.ts'
import { programNames } from '#infra/images/pack/programs.ts'

export const readDockerfile = () => readFile(join(checkout, 'infra/images/Dockerfile'), 'utf8')

export async function readVersion(): Promise<string> {
  const file = await readFile(join(checkout, 'package.json'), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}

interface Stage {
  readonly name: string
  /** An image, or a stage above. */
  readonly base: string
  readonly instructions: readonly Instruction[]
}

interface Instruction {
  readonly keyword: string
  readonly words: string
}

/** @param version Of the package. */
export function dockerfileProblems(text: string, version: string): string[] {
  const found = validate(text).map(({ message, range }) => {
    const said = typeof message === 'string' ? message : message.value
    return `line ${range.start.line + 1}: ${said}`
  })
  if (found.length > 0) return found
  const all = instructionsOf(text)
  const stages = stagesOf(all)
  return [
    ...baseProblems(all, stages),
    ...all
      .filter(({ keyword }) => keyword === 'ADD')
      .map(({ words }) => `ADD ${words}: may fetch or unpack: COPY does neither`),
    ...all
      .filter(({ keyword, words }) => needsShell(keyword, words))
      .map(({ keyword, words }) => `${keyword} ${words}: would need a shell in the image`),
    ...programNames.flatMap((name) => imageProblems(name, version, stages)),
  ]
}

/** Each a line, without comments. */
const instructionsOf = (text: string): Instruction[] =>
  text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => {
      const [, keyword, words] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? []
      return keyword === undefined ? [] : { keyword: keyword.toUpperCase(), words: words! }
    })

function stagesOf(all: readonly Instruction[]): Stage[] {
  const starts = all.flatMap(({ keyword }, index) => (keyword === 'FROM' ? index : []))
  return starts.map((start, index) => {
    const [base = '', , name = ''] = all[start]!.words.split(/\s+/)
    return { name, base, instructions: all.slice(start + 1, starts[index + 1]) }
  })
}

function baseProblems(all: readonly Instruction[], stages: readonly Stage[]): string[] {
  const [own = ''] = all.flatMap(({ keyword, words }) =>
    keyword === 'ARG' && words.startsWith('BASE=') ? words.slice('BASE='.length) : [],
  )
  return [
    ...(/:\d+\.\d+\.\d+-\w+-slim$/.test(own) ? [] : [`ARG BASE=${own}: is no exact version of a slim image`]),
    ...stages
      .filter(
        ({ base }, index) =>
          !['scratch', '${BASE}', ...stages.slice(0, index).map(({ name }) => name)].includes(base),
      )
      .map(({ base }) => `FROM ${base}: is neither BASE nor a stage above`),
  ]
}

function needsShell(keyword: string, words: string): boolean {
  if (keyword === 'HEALTHCHECK') return !/^NONE$|CMD \[/.test(words)
  return ['ENTRYPOINT', 'CMD'].includes(keyword) && !words.startsWith('[')
}

function imageProblems(name: string, version: string, stages: readonly Stage[]): string[] {
  const chain = chainOf(name, stages)
  if (chain.length === 0) return [`${name}: there is no target of that name`]
  const last = (keyword: string) => chain.findLast((one) => one.keyword === keyword)?.words
  return [
    ...(last('USER') === '10001:10001' ? [] : [`${name}: runs as ${last('USER') ?? 'root'}`]),
    ...(last('ENTRYPOINT') === undefined ? [`${name}: has no ENTRYPOINT`] : []),
    ...(last('HEALTHCHECK') === undefined ? [`${name}: has no HEALTHCHECK`] : []),
    ...versionWords(version)
      .filter(([keyword, words]) => !chain.some((one) => one.keyword === keyword && words.test(one.words)))
      .map(([keyword, , missing]) => `${name}: its ${keyword} does not ${missing}`),
  ]
}

/** Three times the same: metrics and the image itself tell the version that it was built as, the package's unless another is given. */
const versionWords = (version: string) =>
  [
    ['ARG', new RegExp(`^VERSION=${version.replaceAll('.', '\\.')}$`), `say VERSION=${version}`],
    ['ENV', /(^|\s)VERSION=\$\{VERSION\}(\s|$)/, 'tell the process its VERSION'],
    ['LABEL', /org\.opencontainers\.image\.version="\$\{VERSION\}"/, 'tell the version'],
  ] as const

/** The instructions of a stage and of those that it is from, those first. */
function chainOf(name: string, stages: readonly Stage[]): Instruction[] {
  const stage = stages.find((one) => one.name === name)
  return stage === undefined ? [] : [...chainOf(stage.base, stages), ...stage.instructions]
}
