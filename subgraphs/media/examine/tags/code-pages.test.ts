import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTextReader } from './code-pages.ts'

/** Node encodes none of these: the reader's own tables, turned round. */
function encode(text: string, page: string): Buffer {
  const codes = new Map<string, number[]>()
  for (let high = 0; high < 256; high++) {
    codes.set(new TextDecoder(page).decode(Uint8Array.of(high)), [high])
    if (page !== 'shift_jis' || high < 0x81) continue
    for (let low = 0x40; low < 0xfd; low++) {
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
    'windows-1253': [['Ελλάδα', 'Μίκης Θεοδωράκης']],
    'windows-1250': [['Łódź', 'książka']],
    shift_jis: [
      ['東京事変'],
      ['こんにちは'],
      ['音楽'],
      ['テスト'],
      ['J-POPの歌', 'plain'],
      ['椎名林檎', '無罪モラトリアム'],
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

  it('loses a last character that its field had no room for', () => {
    const utf8 = Buffer.from('Motörhead Straß').subarray(0, -1)
    assert.equal(createTextReader([utf8])(utf8), 'Motörhead Stra')
    const japanese = encode('椎名林檎', 'shift_jis').subarray(0, -1)
    assert.equal(createTextReader([japanese])(japanese), '椎名林')
  })

  it('never holds the sign for what could not be read, whatever the bytes', () => {
    for (let seed = 0; seed < 5_000; seed++) {
      const bytes = Buffer.from(
        Array.from({ length: 6 }, (_, n) => ((seed * 2_654_435_761) >>> (n * 5)) & 0xff),
      )
      assert.ok(!createTextReader([bytes])(bytes).includes('\uFFFD'), bytes.toString('hex'))
    }
  })
})
