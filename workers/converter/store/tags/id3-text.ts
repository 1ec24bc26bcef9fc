/** Makes any text fit an ID3v2.3 frame. */

/** Characters are UTF-16 code units, as they are in the tag. */
export const longest = { text: 2_000, fullText: 20_000, description: 200 } as const

/** Control characters but for those of white space; a zero would end the text. */
const control = /[^\P{Cc}\t\n\r]/gu

/** Text of several lines; a line feed ends each (ID3v2.3, section 3.3). */
export function fullText(text: string): string {
  return clipped(text.replaceAll(control, '').replaceAll(/\r\n?/g, '\n').trim(), longest.fullText)
}

/** Text of one line: only full text may hold line feeds (ID3v2.3, section 3.3). */
export function lineOf(text: string, most: number = longest.text): string {
  return clipped(text.replaceAll(control, '').replaceAll(/\s+/g, ' ').trim(), most)
}

/** Never ends with half a surrogate pair, nor holds one: not every reader forgives it. */
function clipped(text: string, most: number): string {
  const cut = text.length > most && /[\ud800-\udbff]/.test(text[most - 1]!) ? most - 1 : most
  return text.slice(0, cut).toWellFormed()
}
