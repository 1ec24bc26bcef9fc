import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { roleOf } from './track-roles.ts'

const purpose = (disposition: Record<string, number>, ...names: string[]) =>
  roleOf(disposition, names, 'stereo').purpose
const side = (layout: string | null, ...names: string[]) => roleOf({}, names, layout).side

describe('what a track is for', () => {
  it('is told by its flags, before its names', () => {
    assert.equal(purpose({ default: 1 }, 'Deutsch'), 'MAIN')
    assert.equal(purpose({ comment: 1 }), 'COMMENTARY')
    assert.equal(purpose({ visual_impaired: 1 }), 'AUDIO_DESCRIPTION')
    assert.equal(purpose({ descriptions: 1 }), 'AUDIO_DESCRIPTION')
    assert.equal(purpose({ clean_effects: 1 }, 'Commentary'), 'CLEAN_EFFECTS')
    assert.equal(purpose({ hearing_impaired: 1 }), 'HEARING_IMPAIRED')
  })

  it('is told by its names where no flag does', () => {
    for (const name of ['Commentary by the director', 'Audiokommentar', 'Commentaire audio', 'Comentarios'])
      assert.equal(purpose({}, name), 'COMMENTARY', name)
    for (const name of [
      'English (Audio Description)',
      'Audiodeskription',
      'Hörfilm',
      'Descriptive Audio',
      'DVS',
    ])
      assert.equal(purpose({}, name), 'AUDIO_DESCRIPTION', name)
    for (const name of ['Music and effects', 'M&E', 'Karaoke'])
      assert.equal(purpose({}, name), 'CLEAN_EFFECTS')
    for (const name of ['SoundHandler', 'Stereo', 'English 5.1', 'Dolby Digital'])
      assert.equal(purpose({}, name), 'MAIN', name)
  })

  it('is the left or the right by its layout or its name, and neither where both are named', () => {
    assert.deepEqual([side('1 channels (FL)'), side('1 channels (FR)')], ['LEFT', 'RIGHT'])
    assert.deepEqual(
      [side('mono', 'Left'), side('mono', 'Audio R'), side(null, 'rechts')],
      ['LEFT', 'RIGHT', 'RIGHT'],
    )
    for (const name of ['Left and right', 'SoundHandler', 'Lavalier', 'Bright'])
      assert.equal(side('mono', name), null)
  })
})
