/** A time in a file, for a person and for a program: `58:00 (3480000 ms)`, `1:02:03.5 (3723500 ms)`. */
export const timeWords = (ms: number): string => `${clockWords(ms)} (${ms} ms)`

/** For a person alone: `58:00`, `1:02:03.5`. */
export function clockWords(ms: number): string {
  const whole = Math.floor(ms / 1000)
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const fraction =
    ms % 1000 === 0
      ? ''
      : `.${String(Math.floor(ms % 1000))
          .padStart(3, '0')
          .replace(/0+$/, '')}`
  const head = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}` : String(minutes)
  return `${head}:${String(seconds).padStart(2, '0')}${fraction}`
}
