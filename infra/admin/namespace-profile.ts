/**
 * The seccomp profile under which bubblewrap runs in a pod: a container engine's own default, for a process without any capability, and
 * the calls besides by which an empty namespace is made. Engines read their default with conditions in it (containers/common and moby
 * have the same form); the kubelet hands a profile on as it is (OCI runtime specification, `linux.seccomp`), where there are none.
 */
import * as z from 'zod'

/** What bubblewrap calls: a new namespace, a root of its own in it, and its name. The container's own capabilities stay none. */
export const namespaceCalls = ['clone', 'mount', 'umount2', 'pivot_root', 'sethostname'] as const

const conditions = z.object({
  caps: z.array(z.string()).optional(),
  arches: z.array(z.string()).optional(),
  minKernel: z.string().optional(),
})
const rules = z.looseObject({
  names: z.array(z.string()),
  action: z.string(),
  args: z.array(z.unknown()).nullish(),
  errnoRet: z.int().optional(),
  includes: conditions.optional(),
  excludes: conditions.optional(),
})

/** Of an engine. */
export const defaultProfileSchema = z.looseObject({
  // Whoever allows what is not named needs no more calls allowed.
  defaultAction: z.enum(['SCMP_ACT_ERRNO', 'SCMP_ACT_KILL', 'SCMP_ACT_KILL_PROCESS']),
  defaultErrnoRet: z.int().optional(),
  syscalls: z.array(rules),
})

export type DefaultProfile = z.infer<typeof defaultProfileSchema>

export type Processor = 'amd64' | 'arm64'

/** 32-bit programs find no call: ffmpeg's own filter ends them, too. */
const architectures = { amd64: 'SCMP_ARCH_X86_64', arm64: 'SCMP_ARCH_AARCH64' } as const

export function namespaceProfile(
  { defaultAction, defaultErrnoRet, syscalls }: DefaultProfile,
  processor: Processor,
) {
  const opened = new Set<string>(namespaceCalls)
  const kept = syscalls
    .filter(({ includes, excludes }) => holds(includes, processor, true) && holds(excludes, processor, false))
    .map(({ names, action, args, errnoRet }) => ({
      names: names.filter((name) => !opened.has(name)),
      action,
      ...(args && args.length > 0 && { args }),
      ...(errnoRet !== undefined && action === 'SCMP_ACT_ERRNO' && { errnoRet }),
    }))
    .filter(({ names }) => names.length > 0)
  return {
    defaultAction,
    ...(defaultErrnoRet !== undefined && { defaultErrnoRet }),
    architectures: [architectures[processor]],
    syscalls: [...kept, { names: [...namespaceCalls], action: 'SCMP_ACT_ALLOW' }],
  }
}

/** Without capabilities a rule for those who have some is none, and one for those who lack them is; likewise of processors. */
function holds(
  condition: z.infer<typeof conditions> | undefined,
  processor: Processor,
  included: boolean,
): boolean {
  const { caps, arches, minKernel } = condition ?? {}
  if (included) return !caps?.length && (!arches?.length || arches.includes(processor)) && isOld(minKernel)
  return !arches?.includes(processor)
}

/** Rules for newer kernels than any that Kubernetes runs on: there are none yet, and one that is not known does not hold. */
const isOld = (minKernel: string | undefined) => minKernel === undefined || Number.parseInt(minKernel, 10) < 5
