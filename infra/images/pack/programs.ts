/** What there is an image of, by the image's name: every process, and `earshot admin`. From the checkout's root. */

export const programs = {
  router: 'router/main.ts',
  auth: 'subgraphs/auth/main.ts',
  media: 'subgraphs/media/main.ts',
  converter: 'workers/converter/main.ts',
  mailer: 'workers/mailer/main.ts',
  admin: 'infra/admin/main.ts',
} as const

/** Loaded before a process of ours, not before a command of its operator. */
const tracing = 'runtime/tracing/register.ts'

export type ProgramName = keyof typeof programs
export const programNames = Object.keys(programs) as readonly ProgramName[]

/** The arguments that Node runs a program with, in a folder that holds the checkout's files. */
export const nodeArguments = (name: ProgramName, folder: string): readonly string[] =>
  name === 'admin'
    ? [`${folder}/${programs.admin}`]
    : ['--import', `${folder}/${tracing}`, `${folder}/${programs[name]}`]

/** The modules from which everything that a program needs is reached. */
export const rootsOf = (name: ProgramName): readonly string[] =>
  name === 'admin' ? [programs.admin] : [tracing, programs[name]]
