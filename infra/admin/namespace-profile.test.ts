import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { namespaceCalls, namespaceProfile, type DefaultProfile } from './namespace-profile.ts'

const profile: DefaultProfile = {
  defaultAction: 'SCMP_ACT_ERRNO',
  defaultErrnoRet: 1,
  syscalls: [
    { names: ['read', 'mount'], action: 'SCMP_ACT_ALLOW' },
    {
      names: ['clone'],
      action: 'SCMP_ACT_ALLOW',
      args: [{ index: 0 }],
      excludes: { caps: ['CAP_SYS_ADMIN'] },
    },
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38, excludes: { caps: ['CAP_SYS_ADMIN'] } },
    { names: ['bpf', 'unshare', 'setns'], action: 'SCMP_ACT_ALLOW', includes: { caps: ['CAP_SYS_ADMIN'] } },
    { names: ['arch_prctl'], action: 'SCMP_ACT_ALLOW', includes: { arches: ['amd64'] } },
    { names: ['arm_sync'], action: 'SCMP_ACT_ALLOW', includes: { arches: ['arm64'] } },
    { names: ['ptrace'], action: 'SCMP_ACT_ALLOW', includes: { minKernel: '4.8' } },
    { names: ['personality'], action: 'SCMP_ACT_ALLOW', excludes: { arches: ['amd64'] } },
  ],
}

const allowed = (processor: 'amd64' | 'arm64') =>
  new Set(
    namespaceProfile(profile, processor).syscalls.flatMap(({ names, action }) =>
      action === 'SCMP_ACT_ALLOW' ? names : [],
    ),
  )

describe('the seccomp profile for bubblewrap in a pod', () => {
  it('allows what the default does to a process without capabilities, and the calls of a namespace', () => {
    assert.deepEqual(allowed('amd64'), new Set(['read', 'arch_prctl', 'ptrace', ...namespaceCalls]))
    assert.deepEqual(
      allowed('arm64'),
      new Set(['read', 'arm_sync', 'ptrace', 'personality', ...namespaceCalls]),
    )
  })

  it('names each of them once, so that no condition of the default holds besides', () => {
    const { syscalls } = namespaceProfile(profile, 'amd64')
    for (const call of namespaceCalls)
      assert.deepEqual(
        syscalls.filter(({ names }) => names.includes(call)),
        [{ names: [...namespaceCalls], action: 'SCMP_ACT_ALLOW' }],
      )
  })

  it('has the form that a runtime reads: no condition, which it would pass over', () => {
    const { syscalls, defaultAction, architectures } = namespaceProfile(profile, 'amd64')
    const fields = new Set(syscalls.flatMap((rule) => Object.keys(rule)))
    assert.deepEqual(fields, new Set(['names', 'action', 'errnoRet']))
    assert.deepEqual([defaultAction, architectures], ['SCMP_ACT_ERRNO', ['SCMP_ARCH_X86_64']])
  })
})
