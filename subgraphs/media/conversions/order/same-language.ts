/** Whether two codes name one language: `de`, `deu` and `ger` do (ISO 639-1, 639-2/T, 639-2/B). */
export const isSameLanguage = (one: string, other: string): boolean =>
  canonicalLanguage(one) === canonicalLanguage(other)

function canonicalLanguage(code: string): string {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? code
  } catch {
    // A file may call its language anything.
    return code.toLowerCase()
  }
}
