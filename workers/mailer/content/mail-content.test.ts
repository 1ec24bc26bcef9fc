import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mp3 as sampleMp3 } from '#ledger/testing/sample-records.ts'
import { failedMail } from './failed-mail.ts'
import { durationInWords, isolated, plainName, sizeInWords } from './format.ts'
import { resetMail } from './reset-mail.ts'
import { succeededMail } from './succeeded-mail.ts'
import { verificationMail } from './verification-mail.ts'

const mp3 = { ...sampleMp3, durationMs: 192_000, sizeBytes: 4_608_000 }
const url = 'https://earshot.example/downloads/token'
const linksExpireAt = new Date('2026-12-01T00:39:00Z')
const succeeded = (filename: string, mp3s = [mp3], warnings: string[] = []) =>
  succeededMail({
    filename,
    mp3s: mp3s.map((each) => ({ mp3: each, url })),
    warnings: warnings.map((message) => ({ message })),
    linksExpireAt,
  })

describe('mail content', () => {
  it('says what the MP3 is like and until when its link works, in text and HTML alike', () => {
    const mail = succeeded('talk.mp4')
    assert.equal(mail.subject, 'Your MP3 is ready: talk.mp3')
    for (const part of [mail.text, mail.html]) {
      for (const said of [
        'talk.mp3',
        '3 min 12 s',
        '4.6 MB',
        '192 kbit/s',
        url,
        '1 December 2026 at 00:39 UTC',
      ]) {
        assert.ok(part.includes(said), said)
      }
    }
  })

  it('says what was odd, the first of it where much was, and nothing where nothing was', () => {
    assert.ok(!succeeded('talk.mp4').text.includes('should know'))
    const said = Array.from({ length: 7 }, (_, index) => `Oddity ${index}\u202E of <b>this</b> file.`)
    const mail = succeeded('talk.mp4', [mp3], said)
    for (const part of [mail.text, mail.html]) {
      assert.ok(part.includes('Oddity 4 of') && !part.includes('Oddity 5'))
      assert.ok(part.includes('And 2 more') && !part.includes('\u202E'))
    }
    assert.ok(mail.html.includes('&lt;b&gt;this&lt;/b&gt;'))
  })

  it('links each of several MP3s', () => {
    const mail = succeeded('book.mp4', [mp3, { ...mp3, filename: 'two.mp3' }])
    assert.equal(mail.subject, 'Your 2 MP3s are ready: book.mp4')
    assert.ok(mail.text.includes('talk.mp3') && mail.text.includes('two.mp3'))
  })

  it('links each of many MP3s, and stays within what mail clients show', () => {
    const names = Array.from({ length: 90 }, (_, index) => `book - ${index + 1} A chapter.mp3`)
    const { html, text } = succeeded(
      'book.mp4',
      names.map((filename) => ({ ...mp3, filename })),
    )
    assert.ok(html.length < 100_000, `${html.length} characters`)
    for (const name of names) assert.ok(html.includes(name) && text.includes(name), name)
    assert.equal(html.split(`href="${url}"`).length - 1, names.length)
  })

  it('says before a password is set anew what of an unproven account it removes', () => {
    const mail = (emailVerified: boolean) => resetMail({ url, askedAt: linksExpireAt, emailVerified })
    for (const part of ['text', 'html'] as const) {
      assert.match(mail(false)[part], /the uploads and MP3s that are in it are removed/)
      assert.doesNotMatch(mail(true)[part], /removed/)
    }
  })

  it('says why a conversion failed and what to do, by whether it may succeed later', () => {
    const failure = {
      code: 'CORRUPT_FILE',
      message: 'The file is damaged or cut short.',
      retryable: false,
    } as const
    const final = failedMail({ filename: 'talk.mp4', conversionId: 'c-1', failure })
    assert.equal(final.subject, 'Could not convert talk.mp4')
    assert.ok(final.text.includes(failure.message) && final.text.includes('upload another copy'))
    const passing = failedMail({
      filename: 'talk.mp4',
      conversionId: 'c-1',
      failure: { ...failure, retryable: true },
    })
    assert.ok(passing.text.includes('start the conversion again'))
  })

  it('says the same in text and HTML, word for word', () => {
    const failure = { code: 'CORRUPT_FILE', message: 'The file is damaged.', retryable: false } as const
    const many = Array.from({ length: 12 }, (_, index) => ({ ...mp3, filename: `${index} <&> "q".mp3` }))
    for (const { text, html } of [
      succeeded('talk.mp4'),
      succeeded('هرم.mp4', [mp3, mp3]),
      succeeded('book.mp4', many),
      failedMail({ filename: 'a & b.mp4', conversionId: 'c-1', failure }),
      verificationMail({ url, askedAt: new Date('2026-12-01T00:39:00Z') }),
    ]) {
      const shown = new Set(wordsIn(visible(html)))
      const unsaid = wordsIn(text.replace('-- \n', '').replaceAll(url, '')).filter((word) => !shown.has(word))
      assert.deepEqual(unsaid, [])
    }
  })

  it('escapes whatever comes from users', () => {
    const name = `"><img src=x onerror='alert(1)'>&.mp3`
    const failure = { code: 'CORRUPT_FILE', message: '<b>', retryable: false } as const
    const pages = [
      succeeded(name, [{ ...mp3, filename: name }]).html,
      failedMail({ filename: name, conversionId: '<i>', failure }).html,
      verificationMail({
        url: 'https://earshot.example/verify-email#token="><script>',
        askedAt: new Date(0),
      }).html,
    ]
    for (const page of pages) assert.doesNotMatch(page, /<img|<script|<b>|<i>/)
  })

  it('fetches nothing from anywhere', () => {
    const pages = [
      succeeded('talk.mp4').html,
      verificationMail({ url, askedAt: new Date('2026-12-01T00:39:00Z') }).html,
    ]
    for (const page of pages) assert.doesNotMatch(page, /\ssrc=|@import|url\(|<link/)
  })

  it('keeps subjects and names to one line without invisible characters', () => {
    const { subject, text } = succeeded('x', [{ ...mp3, filename: 'a\r\nBcc: b@c.d\u2028\u202Egpj.mp3' }])
    assert.equal(subject, 'Your MP3 is ready: a Bcc: b@c.d gpj.mp3')
    assert.doesNotMatch(text, /\u202E|\u2028/)
  })

  it('shortens long names in the middle and counts characters, not halves of them', () => {
    const short = plainName(`${'😀'.repeat(200)}.mp3`)
    assert.equal(Array.from(short).length, 80)
    assert.ok(short.endsWith('.mp3') && short.includes('…'))
    assert.equal(plainName('\u0000\n'), 'your file')
  })

  it('isolates right-to-left names in plain text only', () => {
    assert.equal(isolated('هرم.mp3'), '\u2068هرم.mp3\u2069')
    assert.equal(isolated('talk.mp3'), 'talk.mp3')
  })

  it('puts lengths and sizes into words', () => {
    assert.deepEqual([400, 61_000, 3_600_000, 7_384_000].map(durationInWords), [
      'under a second',
      '1 min 1 s',
      '1 h',
      '2 h 3 min 4 s',
    ])
    assert.deepEqual([999, 1000, 999_949, 4_608_000, 45_000_000, 12_300_000_000].map(sizeInWords), [
      '999 bytes',
      '1.0 kB',
      '1.0 MB',
      '4.6 MB',
      '45 MB',
      '12 GB',
    ])
  })
})

/** What is left of a page without its tags and styles. */
const visible = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, entity: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[entity] ?? "'",
    )

const wordsIn = (text: string) => text.split(/[\s:()<>.,\u2068\u2069]+/).filter((word) => word !== '')
