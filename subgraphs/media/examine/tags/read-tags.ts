/**
 * Reads the tags and pictures of a file as they stand there, by music-metadata: ffprobe gives one value of a field, and none of some.
 * The package runs in the sandbox, in a Node of its own.
 */
import { mkdir } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { runConfined } from '#runtime/ffmpeg/run-confined.ts'
import type { Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import type { Logger } from '#runtime/process/log.ts'
import { mostAttachedBytes } from '#media/examine/measure-picture.ts'
import { pictureTypeOf, type NamedPicture } from './front-picture.ts'

const wallMs = 20_000
const limits = { cpuSeconds: 30, fileBytes: mostAttachedBytes }

/** Without code that is made while it runs Node gets by with the address space that the sandbox allows. */
const nodeOptions = ['--jitless', '--max-old-space-size=256', '--openssl-config=/dev/null'] as const

/** What a sandbox is tried with. */
export const emptyNode = [process.execPath, ...nodeOptions, '-e', '0'] as const

const programs = {
  matroska: fileURLToPath(import.meta.resolve('#media/examine/tags/read-matroska.mjs')),
  others: fileURLToPath(import.meta.resolve('#media/examine/tags/read-tags.mjs')),
} as const
const packages = folderOfPackages(fileURLToPath(import.meta.resolve('music-metadata')))
/** Node looks into it for how modules are named. */
const manifest = join(dirname(packages), 'package.json')

const printedSchema = z.object({
  tags: z.array(
    z.object({
      format: z.string(),
      id: z.string(),
      text: z.string(),
      about: z.string().optional(),
      language: z.string().optional(),
    }),
  ),
  pictures: z.array(z.object({ type: z.string() })),
  /** Of Matroska: those of the default edition that are not hidden. */
  chapters: z
    .array(z.object({ startMs: z.number(), endMs: z.number().nullable(), title: z.string() }))
    .optional(),
  /** Of the file's first chapter, hidden or not. */
  firstStartMs: z.number().optional(),
})

type Printed = z.infer<typeof printedSchema>
export type NativeTag = Printed['tags'][number]

export interface ReadTags extends Pick<Printed, 'tags' | 'chapters' | 'firstStartMs'> {
  readonly pictures: readonly (NamedPicture & { readonly path: string })[]
}

export interface ReadTagsJob {
  readonly path: string
  readonly container: string
  /** Where the pictures are written. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly log: Logger
}

/** Null where the package cannot read the file: what ffprobe says of it stands. */
export type ReadTagsOf = (job: ReadTagsJob) => Promise<ReadTags | null>

export function createReadTags(sandbox: Sandbox): ReadTagsOf {
  return async ({ path, container, folder, signal, log }) => {
    const own = join(folder, 'tags')
    await mkdir(own)
    const program = container.startsWith('matroska') ? programs.matroska : programs.others
    const access = { read: [path, program, packages, manifest], write: [own], limits }
    const launch = sandbox.confine(process.execPath, access)
    const bounds = { signal, timeoutMs: wallMs, maxBuffer: 8 * 1024 * 1024 }
    try {
      const { stdout } = await runConfined(launch, [...nodeOptions, program, path, own], bounds)
      const { pictures, ...told } = printedSchema.parse(JSON.parse(stdout.toString()))
      return { ...told, pictures: pictures.map(({ type }, index) => pictureIn(own, type, index)) }
    } catch (error) {
      signal.throwIfAborted()
      log.debug({ err: error }, 'tags could not be read one by one, and are those that ffprobe shows')
      return null
    }
  }
}

const pictureIn = (folder: string, type: string, index: number) => ({
  path: join(folder, `picture-${index}`),
  type: pictureTypeOf(type),
  filename: null,
})

/** The one that a module is in: the packages that it needs are beside its own. */
function folderOfPackages(module: string): string {
  const beside = `${sep}node_modules${sep}`
  return module.slice(0, module.indexOf(beside) + beside.length - 1)
}
