import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemCallFilter } from './system-call-filter.ts'

const architectures = {
  x64: {
    audit: 0xc000_003e,
    read: 0,
    clone: 56,
    socket: 41,
    ptrace: 101,
    mount: 165,
    keyctl: 250,
    bpf: 321,
    prlimit: 302,
  },
  arm64: {
    audit: 0xc000_00b7,
    read: 63,
    clone: 220,
    socket: 198,
    ptrace: 117,
    mount: 40,
    keyctl: 219,
    bpf: 280,
    prlimit: 261,
  },
} as const
const [allow, kill, refused] = [0x7fff_0000, 0x8000_0000, 0x0005_0000]

/** Runs a filter as the kernel would, on one call; of classic BPF it knows what a filter of ours may hold. */
function judge(filter: Buffer, call: { audit: number; number: number; first?: number }): number {
  const data = Buffer.alloc(64)
  data.writeUInt32LE(call.number, 0)
  data.writeUInt32LE(call.audit, 4)
  data.writeUInt32LE(call.first ?? 0, 16)
  let held = 0
  for (let at = 0; at < filter.length; at += 8) {
    const [code, operand] = [filter.readUInt16LE(at), filter.readUInt32LE(at + 4)]
    const jump = (holds: boolean) => (at += 8 * filter.readUInt8(at + (holds ? 2 : 3)))
    if (code === 0x20) held = data.readUInt32LE(operand)
    else if (code === 0x15) jump(held === operand)
    else if (code === 0x35) jump(held >= operand)
    else if (code === 0x45) jump((held & operand) !== 0)
    else if (code === 0x06) return operand
    else assert.fail(`an unknown operation ${code}`)
  }
  return assert.fail('the filter has no end')
}

describe('the filter of system calls', () => {
  for (const [name, numbers] of Object.entries(architectures)) {
    const filter = systemCallFilter(name)!
    const { audit } = numbers

    it(`refuses on ${name} what others break out by, and lets the rest pass`, () => {
      for (const number of [numbers.ptrace, numbers.mount, numbers.keyctl, numbers.bpf, 425, 428])
        assert.equal(judge(filter, { audit, number }), refused | 1, `${number}`)
      assert.equal(judge(filter, { audit, number: numbers.read }), allow)
      assert.equal(judge(filter, { audit, number: 9_999 }), allow)
    })

    it(`lets threads be made on ${name}, and neither processes nor namespaces`, () => {
      const judgeClone = (first: number) => judge(filter, { audit, number: numbers.clone, first })
      assert.equal(judgeClone(0x003d_0f00), allow, 'as the C library makes a thread')
      assert.equal(judgeClone(17), refused | 1, 'as the C library forks')
      for (const flag of [0x0002_0000, 0x0200_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000])
        assert.equal(judgeClone(0x0001_0000 | flag), refused | 1)
      assert.equal(judge(filter, { audit, number: 435 }), refused | 38, 'its flags cannot be seen')
    })

    it(`lets no sockets be made on ${name}`, () => {
      for (const first of [0, 1, 2, 10, 16, 17, 38, 40])
        assert.equal(judge(filter, { audit, number: numbers.socket, first }), refused | 97)
    })

    it(`lets a process on ${name} bound itself and no other`, () => {
      assert.equal(judge(filter, { audit, number: numbers.prlimit, first: 0 }), allow)
      assert.equal(judge(filter, { audit, number: numbers.prlimit, first: 1 }), refused | 1)
    })

    it(`kills what calls with other numbers than those of ${name}`, () => {
      assert.equal(judge(filter, { audit: 0x4000_0003, number: numbers.read }), kill)
      assert.equal(judge(filter, { audit, number: 0x4000_0000 + 101 }), refused | 38)
    })
  }

  it('is there for no processor that we have no numbers for', () => {
    assert.equal(systemCallFilter('riscv64'), undefined)
  })
})
