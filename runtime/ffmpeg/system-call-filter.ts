/**
 * The system calls that ffmpeg may not make in its sandbox, as a seccomp filter: a program in classic BPF, 8 bytes an
 * instruction (Linux, Documentation/userspace-api/seccomp_filter.rst).
 */

import { refusedCalls, type Architecture } from './refused-calls.ts'

/** Of calls that are judged by their arguments. */
const clone = { x64: 56, arm64: 220 } as const
const clone3 = { x64: 435, arm64: 435 } as const
const socket = { x64: 41, arm64: 198 } as const
const socketpair = { x64: 53, arm64: 199 } as const
const prlimit = { x64: 302, arm64: 261 } as const

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 (linux/audit.h). */
const auditArchitectures = { x64: 0xc000_003e, arm64: 0xc000_00b7 } as const

/** A thread is made by the same call as a namespace: CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const namespaceFlags = 0x7e02_0000
/** CLONE_THREAD: a process would outlive the one that is ended. */
const threadFlag = 0x1_0000
/** The x32 ABI has numbers of its own for the same calls. */
const firstX32Call = 0x4000_0000
const thisProcess = 0

/** errno(3): not permitted; no such call, whereupon the C library makes its threads by `clone`; no such family. */
const [notPermitted, noSuchCall, noSuchFamily] = [1, 38, 97]

/** linux/filter.h and linux/seccomp.h; offsets into struct seccomp_data. */
const operation = {
  load: 0x20,
  jumpIfEqual: 0x15,
  jumpIfAtLeast: 0x35,
  jumpIfAny: 0x45,
  answer: 0x06,
} as const
const [numberAt, architectureAt, firstArgumentAt] = [0, 4, 16]
const [allow, kill, failWith] = [0x7fff_0000, 0x8000_0000, 0x0005_0000]

interface Instruction {
  readonly code: number
  readonly operand: number
  /** How many instructions are passed over. */
  readonly ifTrue?: number
  readonly ifFalse?: number
}

const load = (operand: number): Instruction => ({ code: operation.load, operand })
const answer = (operand: number): Instruction => ({ code: operation.answer, operand })
const refuse = (errno: number): Instruction => answer(failWith | errno)
/** Passes over what follows unless it holds. */
const when = (code: number, operand: number, then: readonly Instruction[]): readonly Instruction[] => [
  { code, operand, ifFalse: then.length },
  ...then,
]

/** Undefined for a processor that we have no numbers for. */
export function systemCallFilter(architecture: string): Buffer | undefined {
  return architecture === 'x64' || architecture === 'arm64' ? assemble(programFor(architecture)) : undefined
}

function programFor(architecture: Architecture): readonly Instruction[] {
  const numbers = Object.values(refusedCalls).flatMap((numberOn) => numberOn[architecture] ?? [])
  const call = (number: number, then: readonly Instruction[]) => when(operation.jumpIfEqual, number, then)
  return [
    load(architectureAt),
    // 32-bit programs have numbers of their own, too.
    { code: operation.jumpIfEqual, operand: auditArchitectures[architecture], ifTrue: 1 },
    answer(kill),
    load(numberAt),
    ...when(operation.jumpIfAtLeast, firstX32Call, [refuse(noSuchCall)]),
    ...numbers.flatMap((number) => call(number, [refuse(notPermitted)])),
    // Its flags lie in memory, where a filter cannot look.
    ...call(clone3[architecture], [refuse(noSuchCall)]),
    ...call(clone[architecture], [
      load(firstArgumentAt),
      ...when(operation.jumpIfAny, namespaceFlags, [refuse(notPermitted)]),
      ...when(operation.jumpIfAny, threadFlag, [answer(allow)]),
      refuse(notPermitted),
    ]),
    // Also those of the machine's own files: where no namespaces are, a server of it would answer.
    ...call(socket[architecture], [refuse(noSuchFamily)]),
    ...call(socketpair[architecture], [refuse(noSuchFamily)]),
    ...call(prlimit[architecture], [
      load(firstArgumentAt),
      ...when(operation.jumpIfEqual, thisProcess, [answer(allow)]),
      refuse(notPermitted),
    ]),
    answer(allow),
  ]
}

/** struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }, little-endian on both processors. */
function assemble(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8)
  for (const [index, { code, operand, ifTrue = 0, ifFalse = 0 }] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(ifTrue, index * 8 + 2)
    bytes.writeUInt8(ifFalse, index * 8 + 3)
    bytes.writeUInt32LE(operand >>> 0, index * 8 + 4)
  }
  return bytes
}
