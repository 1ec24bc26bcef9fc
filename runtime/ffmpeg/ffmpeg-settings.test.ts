import assert from 'node:assert/strict'
import { it } from 'node:test'
import { sandboxModeOf } from './ffmpeg-settings.ts'

it('the sandbox fails closed outside development, unless a weaker one is asked for by name', () => {
  assert.equal(sandboxModeOf({ NODE_ENV: 'production' }), 'required')
  assert.equal(sandboxModeOf({ NODE_ENV: 'test' }), 'required')
  assert.equal(sandboxModeOf({ NODE_ENV: 'development' }), 'weak')
  assert.equal(sandboxModeOf({ NODE_ENV: 'production', FFMPEG_SANDBOX: 'weak' }), 'weak')
})
