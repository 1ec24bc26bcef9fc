/**
 * The system calls that ffmpeg may not make in its sandbox, as a seccomp filter: a program in classic BPF, 8 bytes an
 * instruction (Linux, Documentation/userspace-api/seccomp_filter.rst). They are those by which others broke out of
 * sandboxes, and none that decodes or encodes needs.
 */

type Architecture = 'x64' | 'arm64'

/** The number of each call: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h. */
const refusedCalls: Readonly<Record<string, Readonly<Record<Architecture, number | null>>>> = {
  // Other processes, and their memory.
  ptrace: { x64: 101, arm64: 117 },
  process_vm_readv: { x64: 310, arm64: 270 },
  process_vm_writev: { x64: 311, arm64: 271 },
  process_madvise: { x64: 440, arm64: 440 },
  pidfd_getfd: { x64: 438, arm64: 438 },
  kcmp: { x64: 312, arm64: 272 },
  // Namespaces and file systems.
  unshare: { x64: 272, arm64: 97 },
  setns: { x64: 308, arm64: 268 },
  mount: { x64: 165, arm64: 40 },
  umount2: { x64: 166, arm64: 39 },
  pivot_root: { x64: 155, arm64: 41 },
  chroot: { x64: 161, arm64: 51 },
  open_tree: { x64: 428, arm64: 428 },
  move_mount: { x64: 429, arm64: 429 },
  fsopen: { x64: 430, arm64: 430 },
  fsconfig: { x64: 431, arm64: 431 },
  fsmount: { x64: 432, arm64: 432 },
  fspick: { x64: 433, arm64: 433 },
  mount_setattr: { x64: 442, arm64: 442 },
  open_tree_attr: { x64: 467, arm64: 467 },
  name_to_handle_at: { x64: 303, arm64: 264 },
  open_by_handle_at: { x64: 304, arm64: 265 },
  fanotify_init: { x64: 300, arm64: 262 },
  quotactl: { x64: 179, arm64: 60 },
  quotactl_fd: { x64: 443, arm64: 443 },
  // Large parts of the kernel, where its own faults are found.
  bpf: { x64: 321, arm64: 280 },
  perf_event_open: { x64: 298, arm64: 241 },
  userfaultfd: { x64: 323, arm64: 282 },
  io_uring_setup: { x64: 425, arm64: 425 },
  io_uring_enter: { x64: 426, arm64: 426 },
  io_uring_register: { x64: 427, arm64: 427 },
  vmsplice: { x64: 278, arm64: 75 },
  add_key: { x64: 248, arm64: 217 },
  request_key: { x64: 249, arm64: 218 },
  keyctl: { x64: 250, arm64: 219 },
  personality: { x64: 135, arm64: 92 },
  modify_ldt: { x64: 154, arm64: null },
  uselib: { x64: 134, arm64: null },
  // The machine.
  kexec_load: { x64: 246, arm64: 104 },
  kexec_file_load: { x64: 320, arm64: 294 },
  init_module: { x64: 175, arm64: 105 },
  finit_module: { x64: 313, arm64: 273 },
  delete_module: { x64: 176, arm64: 106 },
  ioperm: { x64: 173, arm64: null },
  iopl: { x64: 172, arm64: null },
  syslog: { x64: 103, arm64: 116 },
  reboot: { x64: 169, arm64: 142 },
  swapon: { x64: 167, arm64: 224 },
  swapoff: { x64: 168, arm64: 225 },
  acct: { x64: 163, arm64: 89 },
  settimeofday: { x64: 164, arm64: 170 },
  clock_settime: { x64: 227, arm64: 112 },
  adjtimex: { x64: 159, arm64: 171 },
  clock_adjtime: { x64: 305, arm64: 266 },
}

/** Of calls that are judged by their arguments. */
const clone = { x64: 56, arm64: 220 } as const
const clone3 = { x64: 435, arm64: 435 } as const
const socket = { x64: 41, arm64: 198 } as const
const socketpair = { x64: 53, arm64: 199 } as const

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 (linux/audit.h). */
const auditArchitectures = { x64: 0xc000_003e, arm64: 0xc000_00b7 } as const

/** A thread is made by the same call as a namespace: CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const namespaceFlags = 0x7e02_0000
/** The x32 ABI has numbers of its own for the same calls. */
const firstX32Call = 0x4000_0000
const unixSockets = 1

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

/** For bubblewrap's `--seccomp`; undefined for a processor that we have no numbers for. */
export function systemCallFilter(architecture: string): Buffer | undefined {
  return architecture === 'x64' || architecture === 'arm64' ? assemble(programFor(architecture)) : undefined
}

function programFor(architecture: Architecture): readonly Instruction[] {
  const numbers = Object.values(refusedCalls).flatMap((numberOn) => numberOn[architecture] ?? [])
  const call = (number: number, then: readonly Instruction[]) => when(operation.jumpIfEqual, number, then)
  const unlessUnix = [
    load(firstArgumentAt),
    ...when(operation.jumpIfEqual, unixSockets, [answer(allow)]),
    refuse(noSuchFamily),
  ]
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
      answer(allow),
    ]),
    ...call(socket[architecture], unlessUnix),
    ...call(socketpair[architecture], unlessUnix),
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
