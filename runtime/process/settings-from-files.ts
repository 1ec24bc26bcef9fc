/** Secrets come from files as well, as containers and service managers hand them out: NAME_FILE instead of NAME. */
import { readFileSync } from 'node:fs'

/** Keys, and addresses that hold a password. */
const mayComeFromFile = /_(?:KEYS?|URL)$/

export interface Given {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly problems: readonly string[]
}

/** The environment with what its files hold in place of their names. No content is part of a problem. */
export function readSettingsFromFiles(names: readonly string[], given: Given['values']): Given {
  const values = { ...given }
  const problems: string[] = []
  for (const name of names.filter((one) => mayComeFromFile.test(one))) {
    const file = given[`${name}_FILE`]
    if (file === undefined) continue
    if (given[name] !== undefined) problems.push(`${name}: is given twice, by ${name}_FILE too`)
    try {
      values[name] = readFileSync(file, 'utf8').trim()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      problems.push(`${name}_FILE: cannot be read (${code})`)
    }
  }
  return { values, problems }
}
