import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Registry } from 'prom-client'
import { tellVersion } from './build-info.ts'

it('a process tells the version that it is given, or its package’s', async () => {
  const [given, own] = [new Registry(), new Registry()]
  tellVersion(given, 'media', '1.2.3-rc.1')
  tellVersion(own, 'media')
  assert.match(await given.metrics(), /^earshot_build_info\{service="media",version="1\.2\.3-rc\.1"\} 1$/m)
  assert.match(await own.metrics(), /^earshot_build_info\{service="media",version="\d+\.\d+\.\d+"\} 1$/m)
})
