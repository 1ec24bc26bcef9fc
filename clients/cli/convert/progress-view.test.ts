import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { createProgressView } from './progress-view.ts'

describe('progress where there is no terminal', () => {
  it('is a line at each step, and one now and then within a long one', () => {
    const terminal = new PassThrough()
    let nowMs = 0
    const view = createProgressView(terminal, 'a folder/talk.mp4', () => nowMs)
    for (const done of [0, 250_000, 500_000]) view.bytes('Uploading', done, 1_000_000)
    nowMs = 5_000
    for (const done of [750_000, 1_000_000]) view.bytes('Uploading', done, 1_000_000)
    view.step('Validating')
    view.end()
    assert.deepEqual(String(terminal.read()).split('\n'), [
      'Uploading talk.mp4: 0 B of 1.0 MB',
      'Uploading talk.mp4: 75 %, 750 kB of 1.0 MB',
      'Validating talk.mp4',
      '',
    ])
  })

  it('names the file that a step is about', () => {
    const terminal = new PassThrough()
    const view = createProgressView(terminal, 'talk.mp4')
    view.of('face.jpg').bytes('Uploading', 0, 2_000)
    view.bytes('Uploading', 0, 1_000_000)
    assert.match(String(terminal.read()), /^Uploading face\.jpg: .*\nUploading talk\.mp4: .*\n$/)
  })
})
