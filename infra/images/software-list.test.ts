import assert from 'node:assert/strict'
import { it } from 'node:test'
import { withDebianPackages } from './software-list.ts'

const paragraph = (name: string, status = 'install ok installed') =>
  `Package: ${name}\nStatus: ${status}\nArchitecture: amd64\nVersion: 1:2.0+deb12u1\nDescription: x\n Package: no field\n`

it('the list of an image has the npm packages, and each installed Debian package once', () => {
  const programs = {
    bomFormat: 'CycloneDX',
    components: [{ type: 'library', name: 'zod', version: '4.0.0' }],
  }
  const status = [
    paragraph('libc6'),
    paragraph('gone', 'deinstall ok config-files'),
    paragraph('libc6'),
  ].join('\n')
  const list = withDebianPackages(programs, status)
  assert.equal(list.bomFormat, 'CycloneDX')
  assert.deepEqual(list.components, [
    programs.components[0],
    {
      type: 'library',
      name: 'libc6',
      version: '1:2.0+deb12u1',
      purl: 'pkg:deb/debian/libc6@1%3A2.0%2Bdeb12u1?arch=amd64',
    },
  ])
})
