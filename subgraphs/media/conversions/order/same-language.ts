/** Whether two codes are of one language: `de`, `deu` and `ger` are (ISO 639-1, 639-2/T, 639-2/B). */
export const isSameLanguage = (one: string, other: string): boolean => canonical(one) === canonical(other)

function canonical(code: string): string {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? code
  } catch {
    // A file may call its language anything.
    return code.toLowerCase()
  }
}
