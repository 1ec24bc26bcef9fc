import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTextReader } from './code-pages.ts'

const ofTwoBytes = /^(?:big5|euc|gbk|shift)/

/** Node encodes none of these: the reader's own tables, turned round. */
function encode(text: string, page: string): Buffer {
  const codes = new Map<string, number[]>()
  for (let high = 0; high < 256; high++) {
    codes.set(new TextDecoder(page).decode(Uint8Array.of(high)), [high])
    if (!ofTwoBytes.test(page) || high < 0x81) continue
    for (let low = 0x40; low < 0xff; low++) {
      const shown = new TextDecoder(page).decode(Uint8Array.of(high, low))
      if (shown.length === 1 && !codes.has(shown)) codes.set(shown, [high, low])
    }
  }
  return Buffer.from(Array.from(text).flatMap((character) => codes.get(character) ?? assert.fail(character)))
}

describe('text whose encoding nobody stated', () => {
  for (const [page, files] of Object.entries({
    'utf-8': [['Motörhead'], ['Привет', 'plain'], ['東京事変'], ['é']],
    'windows-1252': [
      ['Motörhead', 'Straße'],
      ['Björk'],
      ['Beyoncé'],
      ['café'],
      ['“Smart” – it’s 5 €'],
      ['Don’t', 'Won’t'],
      ['Sigur Rós', 'Ágætis byrjun'],
      ['Señor', 'Ñandú'],
      ['Øå'],
      ['Ça ira', 'cœur', '100 m³', '£5'],
    ],
    'windows-1251': [
      ['Привет'],
      ['Кино', 'Группа крови'],
      ['МУМИЙ ТРОЛЛЬ'],
      ['Ёлка', 'Live 1998'],
      ['Земфира — П.М.М.Л.'],
    ],
    'koi8-r': [['Привет, мир'], ['Кино', 'Группа крови']],
    'windows-1253': [['Ελλάδα', 'Μίκης Θεοδωράκης'], ['Νάνα Μούσχουρη']],
    'windows-1250': [
      ['Łódź', 'książka'],
      ['Dvořák', 'Příliš žluťoučký kůň'],
      ['Đorđe Balašević', 'Računajte na nas'],
    ],
    'windows-1254': [
      ['Barış Manço', 'Gülpembe'],
      ['Sezen Aksu', 'Işık Doğudan Yükselir'],
      ['Şımarık', 'Tarkan'],
    ],
    'windows-1255': [['שלום'], ['עופרה חזה', 'אם ננעלו'], ['אריק איינשטיין', 'אני ואתה']],
    'windows-1256': [['فيروز'], ['أم كلثوم', 'أنت عمري'], ['عمرو دياب', 'نور العين']],
    'windows-874': [['คาราบาว', 'เมดอินไทยแลนด์'], ['รักเธอ']],
    gbk: [['周杰伦', '七里香'], ['邓丽君', '月亮代表我的心'], ['中国'], ['刘德华', 'Best']],
    big5: [
      ['周杰倫', '七里香'],
      ['鄧麗君', '月亮代表我的心'],
      ['張學友', '吻別', 'Best'],
    ],
    'euc-kr': [['방탄소년단', '봄날'], ['소녀시대'], ['사랑'], ['아이유', '좋은 날', 'Live']],
    'euc-jp': [['こんにちは'], ['宇多田ヒカル', '初恋'], ['モーリタニア', 'Live']],
    shift_jis: [
      ['東京事変'],
      ['こんにちは'],
      ['音楽'],
      ['テスト'],
      ['J-POPの歌', 'plain'],
      ['椎名林檎', '無罪モラトリアム'],
      ['ﾊﾟﾌｭｰﾑ'],
    ],
  })) {
    for (const texts of files) {
      it(`is read as ${page}: ${texts.join(', ')}`, () => {
        const bytes = texts.map((text) => (page === 'utf-8' ? Buffer.from(text) : encode(text, page)))
        assert.deepEqual(bytes.map(createTextReader(bytes)), texts)
      })
    }
  }

  it('is judged over all texts of a file: one word alone may be any', () => {
    const bytes = ['Я', 'Группа крови'].map((text) => encode(text, 'windows-1251'))
    assert.equal(createTextReader(bytes)(bytes[0]!), 'Я')
  })

  it('is Latin where it might be anything: whoever gets it can still tell what it was', () => {
    for (const text of [
      'Øå',
      'Guðrún',
      'Ólafur Arnalds',
      'Srí Lanka',
      'Città del Vaticano',
      'Burkina',
      'Nový Zéland',
    ])
      assert.equal(createTextReader([encode(text, 'windows-1252')])(encode(text, 'windows-1252')), text)
  })

  it('loses a last character that its field had no room for', () => {
    const utf8 = Buffer.from('Motörhead Straß').subarray(0, -1)
    assert.equal(createTextReader([utf8])(utf8), 'Motörhead Stra')
    const japanese = encode('椎名林檎', 'shift_jis').subarray(0, -1)
    assert.equal(createTextReader([japanese])(japanese), '椎名林')
  })

  it('never holds the sign for what could not be read, whatever the bytes', () => {
    for (let seed = 0; seed < 500; seed++) {
      const bytes = Buffer.from(
        Array.from({ length: 6 }, (_, n) => ((seed * 2_654_435_761) >>> (n * 5)) & 0xff),
      )
      assert.ok(!createTextReader([bytes])(bytes).includes('\uFFFD'), bytes.toString('hex'))
    }
  })
})
