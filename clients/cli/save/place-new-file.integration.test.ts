import assert from 'node:assert/strict'
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { placeNewFile } from './place-new-file.ts'

const withoutLinks = () =>
  Promise.reject(Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' }))

for (const [fileSystem, makeLink] of [
  ['with hard links', link],
  ['without hard links', withoutLinks],
] as const) {
  describe(`a finished file, on a file system ${fileSystem}`, () => {
    it('gets its name, and has no other any more', async () => {
      await using folder = await createTemporaryDirectory()
      const [from, to] = [join(folder.path, 'a.part'), join(folder.path, 'a.mp3')]
      await writeFile(from, 'whole')
      assert.equal(await placeNewFile(from, to, makeLink), true)
      assert.equal(await readFile(to, 'utf8'), 'whole')
      assert.deepEqual(await readdir(folder.path), ['a.mp3'])
    })

    it('takes its name from nothing that has it: no file, no folder, no link that leads nowhere', async () => {
      await using folder = await createTemporaryDirectory()
      const from = join(folder.path, 'a.part')
      const [file, inner, lost] = ['file', 'folder', 'link'].map((name) => join(folder.path, name))
      await writeFile(from, 'whole')
      await writeFile(file!, 'mine')
      await mkdir(inner!)
      await symlink(join(folder.path, 'nowhere'), lost!)
      for (const taken of [file!, inner!, lost!])
        assert.equal(await placeNewFile(from, taken, makeLink), false, taken)
      assert.equal(await readFile(file!, 'utf8'), 'mine')
      assert.equal(await readFile(from, 'utf8'), 'whole')
      assert.deepEqual((await readdir(folder.path)).toSorted(), ['a.part', 'file', 'folder', 'link'])
    })

    it('leaves nothing under its name where it cannot be moved', async () => {
      await using folder = await createTemporaryDirectory()
      const [from, to] = [join(folder.path, 'gone.part'), join(folder.path, 'a.mp3')]
      await assert.rejects(placeNewFile(from, to, makeLink), { code: 'ENOENT' })
      assert.deepEqual(await readdir(folder.path), [])
    })
  })
}
