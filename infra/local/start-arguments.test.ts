import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseStartArguments } from './start-arguments.ts'

const nothing = { convert: [], sample: false, exit: false, help: false, version: false }

describe('what npm start is called with', () => {
  it('is nothing at all, and then Earshot just runs', () => {
    assert.deepEqual(parseStartArguments([], {}), nothing)
  })

  it('goes to the client word by word, but for the few words that are its own', () => {
    const args = [
      'talk.mp4',
      '--bitrate',
      '128',
      '--exit',
      '--loudness',
      '-16',
      '--sample',
      '--tag',
      'title=a b',
    ]
    assert.deepEqual(parseStartArguments(args, {}), {
      convert: ['talk.mp4', '--bitrate', '128', '--loudness', '-16', '--tag', 'title=a b'],
      sample: true,
      exit: true,
      help: false,
      version: false,
    })
  })

  it('makes sense, or is refused before anything is started', () => {
    assert.throws(() => parseStartArguments(['--exit'], {}), /--exit needs something to convert/)
    assert.equal(parseStartArguments(['--exit', '--sample'], {}).exit, true)
  })

  it('may be a word about itself', () => {
    assert.deepEqual(parseStartArguments(['--version'], {}), { ...nothing, version: true })
  })

  it('does not get lost in npm, which keeps to itself what has no -- before it', () => {
    for (const word of ['sample', 'exit'])
      assert.throws(
        () => parseStartArguments([], { [`npm_config_${word}`]: 'true' }),
        new RegExp(`npm start -- --${word}$`),
      )
  })
})
