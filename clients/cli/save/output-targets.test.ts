import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UsageError } from '#cli/cli-error.ts'
import { chapterPath, numberedPath, outputTargets } from './output-targets.ts'

const targets = (files: string[], output?: string, folders: string[] = []) =>
  outputTargets(files, { output, isFolder: (path) => folders.includes(path) }).map(({ path }) => path)

describe('output targets', () => {
  it('names an MP3 after its video, in the current folder', () => {
    assert.deepEqual(targets(['a/talk.mp4', 'clip.final.mov', 'raw']), [
      'talk.mp3',
      'clip.final.mp3',
      'raw.mp3',
    ])
  })

  it('cuts off nothing but the extension of a medium, and gives a name that a file system takes', () => {
    assert.deepEqual(targets(['a/Dr. Smith - talk about St. Paul', 'two\nlines.mp4']), [
      'Dr. Smith - talk about St. Paul.mp3',
      'two_lines.mp3',
    ])
    const [long] = targets([`a/${'é'.repeat(125)}.mp4`])
    assert.ok(Buffer.byteLength(long!) <= 230 && long!.endsWith('é.mp3'), long)
  })

  it('takes --output for a folder when it is one, ends like one, or has to hold several files', () => {
    assert.deepEqual(targets(['talk.mp4'], 'out', ['out']), ['out/talk.mp3'])
    assert.deepEqual(targets(['talk.mp4'], 'new/'), ['new/talk.mp3'])
    assert.deepEqual(targets(['a.mp4', 'b.mp4'], 'out'), ['out/a.mp3', 'out/b.mp3'])
  })

  it('takes --output for the file itself otherwise', () => {
    assert.deepEqual(targets(['talk.mp4'], 'out/speech.mp3'), ['out/speech.mp3'])
  })

  it('takes --output for the folder of the chapters of a file', () => {
    const [target] = outputTargets(['a/book.m4b'], { output: 'out', isFolder: () => false, isSplit: true })
    assert.deepEqual(target, { path: 'out/book.mp3', isNamed: false })
  })

  it('refuses the name of one MP3 for several, unless it is a folder', () => {
    const chapters = (output: string) => () =>
      outputTargets(['book.m4b'], { output, isFolder: () => false, isSplit: true })
    assert.throws(chapters('out/book.mp3'), UsageError)
    assert.throws(() => targets(['a.mp4', 'b.mp4'], 'both.MP3'), UsageError)
    assert.deepEqual(targets(['a.mp4', 'b.mp4'], 'odd.mp3/'), ['odd.mp3/a.mp3', 'odd.mp3/b.mp3'])
    assert.deepEqual(targets(['a.mp4', 'b.mp4'], 'odd.mp3', ['odd.mp3']), ['odd.mp3/a.mp3', 'odd.mp3/b.mp3'])
  })

  it('refuses two files that would become the same', () => {
    assert.throws(() => targets(['a/talk.mp4', 'b/talk.mov']), UsageError)
    assert.throws(() => targets(['talk.mp4', 'talk.mp4']), UsageError)
  })

  it('knows a file that the user named from one that we name', () => {
    const isFolder = (path: string) => path === 'out'
    for (const [output, isNamed] of [
      [undefined, false],
      ['out', false],
      ['out/speech.mp3', true],
    ] as const)
      assert.equal(outputTargets(['talk.mp4'], { output, isFolder })[0]!.isNamed, isNamed)
  })

  it('numbers the names that follow the one that is taken', () => {
    assert.deepEqual(
      [1, 2, 3].map((number) => numberedPath('out/talk.mp3', number)),
      ['out/talk.mp3', 'out/talk 2.mp3', 'out/talk 3.mp3'],
    )
  })

  it('puts a chapter beside the target, under a name that leads nowhere else', () => {
    assert.equal(chapterPath('out/talk.mp3', '01 Opening.mp3'), 'out/01 Opening.mp3')
    assert.equal(chapterPath('out/talk.mp3', '../../.bashrc\n'), 'out/__.._.bashrc_')
  })
})
