/** What must hold for each container by itself: it runs as nobody in particular, cannot change itself, and has bounds. */
import type { Compose, ComposeService } from './read-compose.ts'

interface Rule {
  readonly holds: (service: ComposeService, name: string) => boolean
  readonly problem: string
}

/** What people open, each on this machine alone. */
const shown = ['router', 'inbox', 'grafana']

/** The network that leads out of here, and in. */
const outside = 'outside'

/** A file of the repository that is only read, a volume, or a folder with one of its own. */
const volume = /^(\.{1,2}\/[^:]+:\/[^:]+:ro|\w+:\/[^:]+|\/[^:]+)$/

const rules: readonly Rule[] = [
  {
    holds: ({ user }) => /^[1-9]\d*:\d+$/.test(user ?? ''),
    problem: 'runs as root, or does not say as whom',
  },
  { holds: ({ read_only }) => read_only === true, problem: 'can write its image' },
  {
    holds: ({ cap_drop, cap_add, privileged, devices }) =>
      cap_drop?.includes('ALL') === true &&
      cap_add === undefined &&
      devices === undefined &&
      privileged !== true,
    problem: 'has privileges',
  },
  {
    holds: ({ security_opt = [] }) => security_opt.join() === 'no-new-privileges:true',
    problem: 'may gain privileges, or has other walls than the default ones',
  },
  {
    holds: ({ network_mode, pid, ipc }) => [network_mode, pid, ipc].every((mode) => mode === undefined),
    problem: 'shares a namespace of its machine',
  },
  {
    holds: ({ volumes = [] }) => volumes.every((one) => volume.test(one)),
    problem: 'mounts something of its machine that it could write, or that is not of the repository',
  },
  {
    holds: ({ tmpfs = [] }) => tmpfs.every((one) => /:size=\d+m$/.test(one)),
    problem: 'has a tmpfs without a size',
  },
  { holds: ({ mem_limit }) => mem_limit !== undefined, problem: 'has no limit of memory' },
  {
    holds: ({ healthcheck, profiles }) => healthcheck !== undefined || profiles !== undefined,
    problem: 'has no healthcheck',
  },
  {
    holds: ({ build, image }, name) =>
      build === undefined ? /:v?\d+\.\d+\.\d+$/.test(image) : image === `localhost/earshot/${name}:dev`,
    problem: 'has an image of no version, or one that `npm run images` does not make',
  },
  {
    holds: ({ ports = [] }, name) =>
      ports.length === 0 || (shown.includes(name) && ports.every((port) => port.startsWith('127.0.0.1:'))),
    problem: 'is reached from outside',
  },
  {
    holds: ({ networks = [] }, name) =>
      networks.length > 0 && networks.includes(outside) === shown.includes(name),
    problem: 'is in a network that leads outside, or is shown and in none',
  },
  {
    holds: ({ build }, name) =>
      build === undefined ||
      (build.context === '../..' && build.dockerfile === 'infra/images/Dockerfile' && build.target === name),
    problem: 'is built of something else than the target of its name',
  },
]

export const policyProblems = (name: string, service: ComposeService): string[] =>
  rules.filter(({ holds }) => !holds(service, name)).map(({ problem }) => problem)

export const networkProblems = (networks: Compose['networks']): string[] =>
  Object.entries(networks)
    .filter(([name, { internal }]) => name !== outside && internal !== true)
    .map(([name]) => `${name}: leads outside`)
