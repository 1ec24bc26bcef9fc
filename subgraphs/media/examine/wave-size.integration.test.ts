import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { holdsMoreThanItSays } from './wave-size.ts'

const bytesPerSecond = 16_000

/** What takes numbers of 32 bits in WAVE: the chunk's id, its size, and what is in it. */
function chunk(id: string, content: Buffer, stated = content.length): Buffer {
  const header = Buffer.from(`${id}    `, 'latin1')
  header.writeUInt32LE(stated, 4)
  return Buffer.concat([header, content])
}

/** 8 bits a sample. */
function format(): Buffer {
  const fields = Buffer.alloc(16)
  fields.writeUInt16LE(1, 0)
  fields.writeUInt16LE(1, 2)
  fields.writeUInt32LE(bytesPerSecond, 4)
  fields.writeUInt32LE(bytesPerSecond, 8)
  fields.writeUInt16LE(1, 12)
  fields.writeUInt16LE(8, 14)
  return chunk('fmt ', fields)
}

const audio = (length: number) => Buffer.from(Array.from({ length }, (_, at) => 128 + ((at * 37) % 90)))

const noise = (length: number) =>
  Buffer.from(Array.from({ length }, (_, at) => Math.imul(at + 1, 2_654_435_761) >>> 24))

const wave = (tail: Buffer, { bytes = 40_000, stated = bytes }: { bytes?: number; stated?: number } = {}) =>
  Buffer.concat([Buffer.from('RIFF    WAVE'), format(), chunk('data', audio(bytes), stated), tail])

const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.from('Mot\u00f6rhead', 'latin1'), Buffer.alloc(116)])
const id3v2 = Buffer.concat([Buffer.from('ID3\u0003\0\0\0\u0012\u0013\u0014', 'latin1'), noise(300_000)])
const list = chunk('LIST', Buffer.from('INFOINAM\u0004\0\0\0Name', 'latin1'))

function apev2(): Buffer {
  const frame = (flags: number) => {
    const fields = Buffer.alloc(32)
    fields.write('APETAGEX')
    fields.writeUInt32LE(2_000, 8)
    fields.writeUInt32LE(40_032, 12)
    fields.writeUInt32LE(1, 16)
    fields.writeUInt32LE(flags, 20)
    return fields
  }
  return Buffer.concat([frame(0xa0_00_00_00), noise(40_000), frame(0x80_00_00_00)])
}

describe('a WAVE file', () => {
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  async function holdsMore(bytes: Buffer): Promise<boolean> {
    const path = join(directory.path, 'wave')
    await writeFile(path, bytes)
    return await holdsMoreThanItSays(path)
  }

  for (const [name, tail] of Object.entries({
    'a tag of ID3v1': id3v1,
    'a tag of ID3v2 with a picture': id3v2,
    'a tag of APEv2 with a picture': apev2(),
    'a tag of APEv2 without a header, and one of ID3v1': Buffer.concat([apev2().subarray(32), id3v1]),
    XML: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${'<take>1</take>\n'.repeat(2_000)}`),
    'a chunk': list,
    'chunks, the last of them cut off': Buffer.concat([list, chunk('bext', noise(30_000), 90_000)]),
    'a chunk that nobody knows': chunk('aBcD', noise(30_000)),
    zeros: Buffer.alloc(30_000),
    'less than a second of whatever': noise(9_000),
  })) {
    it(`ends where it says with ${name} behind its audio`, async () => {
      assert.equal(await holdsMore(wave(tail)), false)
      // With the byte that makes it even, and without.
      for (const pad of [Buffer.alloc(1), Buffer.alloc(0)])
        assert.equal(await holdsMore(wave(Buffer.concat([pad, tail]), { bytes: 40_001 })), false)
    })
  }

  it('goes on where a second or more of no known kind follows, or more than it says', async () => {
    assert.equal(await holdsMore(wave(noise(20_000))), true)
    assert.equal(await holdsMore(wave(Buffer.alloc(0), { stated: 8 })), true)
    assert.equal(await holdsMore(wave(Buffer.alloc(0), { bytes: 9_000, stated: 1_000 })), true)
    assert.equal(await holdsMore(wave(id3v1, { stated: 16_000 })), true)
    // Silence goes on for longer than padding does.
    assert.equal(await holdsMore(wave(Buffer.alloc(70_000))), true)
  })

  it('is not said to go on where its size is not known', async () => {
    for (const stated of [0, 0xff_ff_ff_ff])
      assert.equal(await holdsMore(wave(noise(20_000), { stated })), false)
  })
})
