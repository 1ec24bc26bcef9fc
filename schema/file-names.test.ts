import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileName, mp3FileName, nameOfSource } from './file-names.ts'

const bytes = (text: string) => Buffer.byteLength(text)

describe('the name of an MP3', () => {
  it('is that of its source without the extension of a video or of audio, in any case', () => {
    assert.equal(mp3FileName('talk.mp4'), 'talk.mp3')
    assert.equal(mp3FileName('Talk.WEBM'), 'Talk.mp3')
    assert.equal(mp3FileName('memo.aiff'), 'memo.mp3')
    assert.equal(mp3FileName('clip.final.mov'), 'clip.final.mp3')
    assert.equal(mp3FileName('talk.mkv', ' - 1 Opening'), 'talk - 1 Opening.mp3')
  })

  it('keeps what follows any other dot', () => {
    assert.equal(mp3FileName('Dr. Smith - talk about St. Paul'), 'Dr. Smith - talk about St. Paul.mp3')
    assert.equal(mp3FileName('Meeting 29.11.2026'), 'Meeting 29.11.2026.mp3')
    assert.equal(mp3FileName('v1.2'), 'v1.2.mp3')
  })

  it('is there where the source has none', () => {
    assert.deepEqual(
      ['', ' ', ' .mp4', '.mp4', '...'].map((name) => mp3FileName(name)),
      ['audio.mp3', 'audio.mp3', 'audio.mp3', '_mp4.mp3', '_.mp3'],
    )
  })

  it('has room for what a browser or a number adds', () => {
    const long = mp3FileName(`${'x'.repeat(251)}.mp4`)
    assert.equal(bytes(long), 230)
    assert.ok(long.endsWith('x.mp3'))
    const chapter = mp3FileName('映'.repeat(200), ' - 1 One')
    assert.ok(bytes(chapter) > 225 && bytes(chapter) <= 230)
    assert.match(chapter, /^映+ - 1 One\.mp3$/)
  })
})

describe('the name of a file', () => {
  it('leads nowhere, hides nothing, and cannot be dressed up', () => {
    assert.equal(fileName('two\nlines\u0000\u009f.mp4'), 'two_lines__.mp4')
    assert.equal(fileName('../../etc\\passwd'), '__.._etc_passwd')
    assert.equal(fileName('\u202E3pm.exe'), '_3pm.exe')
    assert.equal(fileName('a\u2028b\u2066c'), 'a_b_c')
    assert.equal(fileName('.bashrc'), '_bashrc')
    assert.equal(fileName(' .mp4'), '_.mp4')
    assert.equal(fileName('half \ud83c.mp4'), 'half \ufffd.mp4')
  })

  it('is as it was where it does no harm', () => {
    for (const name of ['Who? What: "why" * <1>|2.mp4', 'שלום\u200F.mp3', '👩‍👩‍👧 ✨.mkv', '-i', 'no extension'])
      assert.equal(fileName(name), name)
  })

  it('becomes shorter at the end of a character, and keeps its extension', () => {
    for (const character of ['x', 'é', '映', '👩‍👩‍👧', 'e\u0301\u0327']) {
      const name = fileName(`${character.repeat(300)}.m4a`)
      assert.ok(bytes(name) <= 255 && bytes(name) > 255 - bytes(character), `${bytes(name)} bytes: ${name}`)
      assert.equal(nameOfSource(name), character.repeat((bytes(name) - 4) / bytes(character)))
      assert.ok(name.endsWith('.m4a'))
    }
    const endless = fileName(`e${'\u0301'.repeat(100_000)}.mp4`)
    assert.ok(bytes(endless) <= 255 && bytes(endless) > 250 && endless.isWellFormed())
  })
})
