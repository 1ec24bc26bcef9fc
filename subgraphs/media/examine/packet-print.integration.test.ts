import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { packetListsAt, packetPrint } from './packet-print.ts'

describe('the print of packets', () => {
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  const print = async (flags: string, sideData: string, tracks = 1) => {
    const lists = packetListsAt(join(directory.path, 'lists'))
    await writeFile(lists.flags, flags)
    await writeFile(lists.sideData, sideData)
    return await packetPrint(lists, tracks)
  }
  const head = '#software: Lavf59.27.100\n#tb 0: 1/44100\n'
  const flags = `${head}0,  -1024,  -1024,  1024,  344, 0x3ce3, F=0x5, S=1,  10\n0,  0,  0,  1024,  424, 0x66b5\n`
  const sideData = `${head}0,  -1024,  -1024,  1024,  344, 98a6, S=1,  10, b49a\n0,  0,  0,  1024,  424, 20af\n`

  it('is the same whatever the time and the header say', async () => {
    const base = await print(flags, sideData)
    assert.match(base ?? '', /^0 [0-9a-f]{64}\n0 [0-9a-f]{64}$/)
    const later = (list: string) => list.replaceAll('1024,  ', '7,  ').replace('1/44100', '1/1000')
    assert.equal(await print(later(flags), later(sideData)), base)
    assert.equal(await print(flags, sideData.replace('S=1,  10', 'S=2,  1, 045c,  10')), base)
  })

  it('is another one when a packet is: its size, bytes, flags, side data or place', async () => {
    const base = await print(flags, sideData)
    const swapped = `${sideData.split('\n').slice(0, 2).join('\n')}\n${sideData.split('\n').slice(2).toReversed().join('\n').trim()}\n`
    for (const [otherFlags, otherSideData] of [
      [flags.replace('344', '345'), sideData],
      [flags.replace('0x66b5', '0x66b6'), sideData],
      [flags.replace('F=0x5', 'F=0x1'), sideData],
      [flags, sideData.replace('20af', '20ae')],
      [flags, sideData.replace('b49a', 'b49b')],
      [flags, swapped],
    ] as const)
      assert.notEqual(await print(otherFlags, otherSideData), base)
  })

  it('keeps the order within a track, not that among tracks', async () => {
    const line = (track: number, hash: string) => `${track}, 0, 0, 1, 9, ${hash}\n`
    const one = line(0, 'a') + line(0, 'b') + line(1, 'c')
    const other = line(1, 'c') + line(0, 'a') + line(0, 'b')
    assert.equal(await print(one, one, 2), await print(other, other, 2))
    assert.notEqual(await print(one, one, 2), await print(line(0, 'b') + line(0, 'a') + line(1, 'c'), one, 2))
  })

  it('is none of lists that are cut short, empty, or of other tracks', async () => {
    assert.equal(await print(flags.slice(0, -3), sideData), null)
    assert.equal(await print(flags, sideData.slice(0, -1)), null)
    assert.equal(await print('', ''), null)
    assert.equal(await print(head, head), null)
    assert.equal(await print(flags, sideData, 2), null)
  })
})
