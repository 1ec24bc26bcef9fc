/** Puts names, lengths, sizes and times into words. */

/** 192_000 ms → `3 min 12 s`. */
export function durationInWords(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000)
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`)
  return shown.length === 0 ? 'under a second' : shown.join(' ')
}

const sizeUnits = ['kB', 'MB', 'GB'] as const

/** Decimal units, as file managers and browsers show them: 4_608_000 → `4.6 MB`. */
export function sizeInWords(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} bytes`
  let amount = sizeBytes / 1000
  let unit = 0
  while (amount >= 999.5 && unit < sizeUnits.length - 1) {
    amount /= 1000
    unit += 1
  }
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${sizeUnits[unit]}`
}

const momentFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** `1 December 2026 at 00:39 UTC`. */
export const momentInWords = (moment: Date) => `${momentFormat.format(moment)} UTC`

/** Without line breaks, and without characters that cannot be seen and that turn the direction of text. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

const longestName = 80

/**
 * A file name fit for a header and a sentence: one line, without characters that cannot be seen (among them those
 * that turn the direction of text and can dress an .exe up as an .mp3), shortened in the middle.
 */
export function plainName(filename: string): string {
  const clean = oneLine(filename) || 'your file'
  const characters = Array.from(clean)
  if (characters.length <= longestName) return clean
  return `${characters.slice(0, longestName - 21).join('')}…${characters.slice(-20).join('')}`
}

/** Keeps a right-to-left name from reordering the plain text around it (Unicode Bidirectional Algorithm, FSI and PDI). */
export const isolated = (name: string) =>
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(name)
    ? `\u2068${name}\u2069`
    : name
