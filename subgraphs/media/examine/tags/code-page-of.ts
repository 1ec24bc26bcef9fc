/**
 * In which code page texts are whose encoding nobody stated, by how often letters follow each other in the languages of each page
 * (jschardet), and by what those languages do not do. One wrong guess cannot be undone by whoever gets the file; in doubt it is
 * Windows-1252, which holds Latin-1.
 */
import { chardet } from 'jschardet'

type CodePage =
  | 'utf-8'
  | 'big5'
  | 'euc-jp'
  | 'euc-kr'
  | 'gbk'
  | 'koi8-r'
  | 'shift_jis'
  | 'windows-874'
  | 'windows-1250'
  | 'windows-1251'
  | 'windows-1252'
  | 'windows-1253'
  | 'windows-1254'
  | 'windows-1255'
  | 'windows-1256'

/** By the package's names; those of the web's decoder are others. */
const pages: ReadonlyMap<string, CodePage> = new Map([
  ['big5', 'big5'],
  ['euc-jp', 'euc-jp'],
  ['cp949', 'euc-kr'],
  ['gb18030', 'gbk'],
  ['koi8-r', 'koi8-r'],
  ['cp932', 'shift_jis'],
  ['cp874', 'windows-874'],
  ...(['1250', '1251', '1252', '1253', '1254', '1255', '1256'] as const).map(
    (number) => [`windows-${number}`, `windows-${number}`] as const,
  ),
])

/** Enough to tell, and soon looked through. */
const mostBytes = 20_000
/** Of what the package finds likely. */
const leastLikely = 0.01
/** Where Windows-1252 is nearly as likely as another, it is that. */
const nearlyAsLikely = 0.8
/** Of a page of another script, against Japanese that the package knows too little of. */
const surelyAnother = 0.03

const beyondAscii = /[\u0080-\u00ff]/
const latin: ReadonlySet<CodePage> = new Set(['windows-1250', 'windows-1252', 'windows-1254'])
const ofTwoBytes: ReadonlySet<CodePage> = new Set(['big5', 'euc-jp', 'euc-kr', 'gbk', 'shift_jis'])

/** Of texts that are not in UTF-8. */
export function codePageOf(texts: readonly Buffer[]): CodePage {
  const shown = texts.map((bytes) => bytes.toString('latin1')).filter((text) => beyondAscii.test(text))
  if (shown.length === 0) return 'windows-1252'
  const text = shown.join('\n')
  const likely = likelihoods(text)
  const [page, likelihood] = likely[0] ?? ['windows-1252', 0]
  const isAnother = !ofTwoBytes.has(page) && likelihood >= surelyAnother
  if (!isAnother && isJapanese(texts)) return 'shift_jis'
  if (isKanaInEuc(texts)) return 'euc-jp'
  const isMixed = isLatin(text)
  const fitting = likely.filter(([each]) => !isMixed || ofTwoBytes.has(each) || latin.has(each))
  const [best, chance] = fitting[0] ?? ['windows-1252', 0]
  const chanceOf = (wanted: CodePage) => likely.find(([each]) => each === wanted)?.[1] ?? 0
  if (isMixed && centralEuropean.test(text)) return 'windows-1250'
  if (chance < 2 * leastLikely && isHalfWidthKana(text)) return 'shift_jis'
  if (chance < leastLikely || chanceOf('windows-1252') >= nearlyAsLikely * chance) return 'windows-1252'
  if (best === 'windows-1254' && !turkishLetters.test(text)) return 'windows-1252'
  const isAlphabet = best === 'koi8-r' || best === 'windows-1251' || best === 'windows-1253'
  if (isAlphabet && hasNoCapitals(text) && chanceOf('windows-1255') > chance / 3) return 'windows-1255'
  if (best === 'koi8-r' || best === 'windows-1251') return inKoi8(text) ? 'koi8-r' : 'windows-1251'
  return best
}

/** The likeliest first. */
function likelihoods(text: string): (readonly [CodePage, number])[] {
  const found = chardet.detectAll(Buffer.from(text.slice(0, mostBytes), 'latin1'), {
    includeEncodings: pages.keys(),
    ignoreThreshold: true,
  })
  return found.flatMap(({ encoding, confidence }) => {
    const page = pages.get(encoding?.toLowerCase() ?? '')
    return page === undefined ? [] : [[page, confidence] as const]
  })
}

const wordsIn = (text: string) => text.match(/[a-z\u0080-\u00ff]+/gi) ?? []

/** Words of which most letters are ASCII's: so are those of Latin script alone. */
function isLatin(text: string): boolean {
  const words = wordsIn(text).filter((word) => beyondAscii.test(word))
  const mixed = words.filter((word) => (word.match(/[a-z]/gi)?.length ?? 0) * 2 >= word.length)
  return mixed.length > 0 && mixed.length * 2 >= words.length
}

/** ğ, İ and ş; a dotless i alone is the ý of other languages. */
const turkishLetters = /[\u00d0\u00dd\u00de\u00f0\u00fe]/

/** Letters of Polish and Czech where Windows-1252 has signs, which do not stand within words. */
const centralEuropean =
  /[a-z\u00c0-\u00ff][\u00b3\u00b9\u00bf][a-z\u00c0-\u00ff]|\u00a3[a-z\u00e0-\u00ff]|[a-z\u00e0-\u00ff][\u009d\u009f]/i

/** All that is not ASCII's (JIS X 0201). */
const isHalfWidthKana = (text: string) =>
  /[\u00a6-\u00df]{3}/.test(text) && !/[\u0080-\u00a5\u00e0-\u00ff]/.test(text)

/** Hebrew has none, and stands where others have their small letters; a title of theirs begins with a capital. */
const hasNoCapitals = (text: string) =>
  /[\u00e0-\u00fa]/.test(text) && !/[\u00c0-\u00df\u00fb-\u00ff]/.test(text)

/** KOI8-R has its small letters where Windows-1251 has the capitals. */
function inKoi8(text: string): boolean {
  const high = wordsIn(text).filter((word) => /^[\u00a3\u00a8\u00b3\u00b8\u00bf-\u00ff]{2,}$/.test(word))
  const holds = (form: RegExp) => high.filter((word) => form.test(word)).length
  return holds(/^[\u00e0-\u00ff][\u00c0-\u00df]+$/) > holds(/^[\u00c0-\u00df]?[\u00e0-\u00ff]+$/)
}

const twoCharacters = /[\u3041-\u30fe\u4e00-\u9fff]{2}/
/** A quotation mark of Windows-1252 is the first half of a character of Shift-JIS, and swallows the letter that follows. */
const amongLetters = /[a-z][\u3041-\u9fff][a-z]/i

/** Kana and the common characters begin with 0x81 to 0x9F (JIS X 0208), where Windows has punctuation. */
function isJapanese(texts: readonly Buffer[]): boolean {
  const read = texts.map((bytes) => decoded('shift_jis', bytes))
  if (read.includes(null) || read.some((text) => amongLetters.test(text ?? ''))) return false
  const bytes = texts.map((text) => text.toString('latin1')).join('\n')
  const common = bytes.match(/[\u0081-\u009f][\u0040-\u007e\u0080-\u00fc]/g)?.length ?? 0
  const rare = bytes.match(/[\u00e0-\u00ef][\u0040-\u007e\u0080-\u00fc]/g)?.length ?? 0
  return common > rare && read.some((text) => twoCharacters.test(text ?? ''))
}

/** Other languages that are written so have kana for decoration only. */
function isKanaInEuc(texts: readonly Buffer[]): boolean {
  const read = texts.map((bytes) => decoded('euc-jp', bytes))
  if (read.includes(null)) return false
  const characters = read.join('').match(/[^\0-\u007f]/g) ?? []
  const kana = characters.filter((character) => /[\u3041-\u30fe]/.test(character))
  return kana.length >= 2 && kana.length * 2 >= characters.length
}

/**
 * Null where the bytes are no text of that page. A field of fixed length may have cut the last character: it is left out.
 */
export function decoded(page: CodePage, bytes: Buffer): string | null {
  const text = new TextDecoder(page).decode(bytes)
  const cut = text.replace(/\uFFFD$/, '')
  return cut.includes('\uFFFD') ? null : cut
}
