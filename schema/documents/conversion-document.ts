/** The stored form of a conversion (collection `conversions`, written by the ledger alone). */
import * as z from 'zod'
import { conversionSourceSchema } from './conversion-source.ts'
import { warningSchema } from './warning.ts'
import { failureSchema } from './failure.ts'
import { mp3Schema } from './mp3-document.ts'
import { storedOutputSchema } from './output-options.ts'

export const conversionStatuses = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const
export const finishedStatuses = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const

export const conversionEventTypes = [
  'ENQUEUED',
  'STARTED',
  'REQUEUED',
  'WORKER_LOST',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'LINKS_REVOKED',
  'DELETED',
] as const

export const conversionEventSchema = z.object({
  sequence: z.int().positive(),
  type: z.enum(conversionEventTypes),
  status: z.enum(conversionStatuses),
  at: z.date(),
  /** Random for each write: finding it again tells whether a write whose reply was lost took effect. */
  writeId: z.string(),
})

export const leaseSchema = z.object({
  /** Fresh and random at every claim; what a converter proves its right with. */
  id: z.string(),
  workerId: z.string(),
  /** Raised every few seconds by the holder; only its change matters. */
  beat: z.int().nonnegative(),
})

export const progressSchema = z.object({
  percent: z.number().min(0).max(100),
  /** Seconds of media converted in a second. */
  speed: z.number().nonnegative(),
  etaMs: z.int().nonnegative().nullable(),
})

const announceSchema = z.enum(['pending', 'done'])

/** What every conversion has, whatever its status. */
const conversionBaseSchema = z.object({
  _id: z.string(),
  /** Raised by each transition; equals the sequence of the last event. */
  revision: z.int().positive(),
  ownerId: z.string(),
  /** How often it was claimed; fences off older claims and commands. */
  attempt: z.int().nonnegative(),
  /** Leases lost by silent workers. */
  crashes: z.int().nonnegative(),
  /** Releases after a failure that may pass. */
  failures: z.int().nonnegative(),
  events: z.array(conversionEventSchema).min(1),
  /** `pending` from each transition until its messages are confirmed by the broker. */
  announce: announceSchema,
  source: conversionSourceSchema,
  output: storedOutputSchema,
  /** What was odd about the source and the order and, once it is SUCCEEDED, about its MP3s. */
  warnings: z.array(warningSchema),
  /** Digest of the input, to tell a repeated request from a reused key. */
  inputDigest: z.string(),
  /** Of the request that ordered it: carried by its messages, so that logs of every process can be followed. */
  requestId: z.string().nullable(),
  /** Whether its end is told by mail: it is not where a guest ordered it, who has no address. */
  toBeMailed: z.boolean(),
  /** Of the same request, where it was traced (W3C Trace Context): what is done for it later and elsewhere belongs to its trace. */
  traceparent: z.string().nullable(),
  retryOf: z.string().nullable(),
  /** Its place among all that wait; the lower comes first. */
  turn: z.int().nonnegative(),
  /** Part of every download link; raised to revoke those given out. */
  linkGeneration: z.int().nonnegative(),
  createdAt: z.date(),
})

/** What a conversion owes from the transition that finishes it, until whoever is to do it has it in its own collection. */
const owesSchema = z.array(z.enum(['mail']))

/** What only some statuses have; each status names what it has of it. */
const nothing = {
  retryDelayMs: z.literal(0),
  lease: z.null(),
  progress: z.null(),
  mp3s: z.tuple([]),
  failure: z.null(),
  owes: z.tuple([]),
  linksGiven: z.literal(false),
  startedAt: z.null(),
  finishedAt: z.null(),
}

export const conversionDocumentSchema = z.discriminatedUnion('status', [
  conversionBaseSchema.extend({
    ...nothing,
    status: z.literal('QUEUED'),
    /** How long the next command is to be held back. Any number: a stored one outlives the list of retry queues. */
    retryDelayMs: z.int().nonnegative(),
    /** When it was claimed first, where it was before. */
    startedAt: z.date().nullable(),
  }),
  conversionBaseSchema.extend({
    ...nothing,
    status: z.literal('RUNNING'),
    lease: leaseSchema,
    progress: progressSchema.nullable(),
    startedAt: z.date(),
  }),
  conversionBaseSchema.extend({
    ...nothing,
    status: z.literal('SUCCEEDED'),
    mp3s: z.array(mp3Schema),
    owes: owesSchema,
    /** Whether a link of this generation was given out, to its owner or by mail: only then is there anything to revoke. */
    linksGiven: z.boolean(),
    startedAt: z.date(),
    finishedAt: z.date(),
  }),
  conversionBaseSchema.extend({
    ...nothing,
    status: z.literal('FAILED'),
    failure: failureSchema,
    owes: owesSchema,
    startedAt: z.date(),
    finishedAt: z.date(),
  }),
  conversionBaseSchema.extend({
    ...nothing,
    status: z.literal('CANCELLED'),
    startedAt: z.date().nullable(),
    finishedAt: z.date(),
  }),
])

/** What stays of a deleted conversion for 30 days, so that its idempotency key is not used twice by accident. */
export const conversionTombstoneSchema = z.object({
  _id: z.string(),
  revision: z.int().positive(),
  ownerId: z.string(),
  status: z.literal('DELETED'),
  /** What it was before; tells subscribers how it ended. */
  lastStatus: z.enum(finishedStatuses),
  announce: announceSchema,
  uploadId: z.string(),
  /** What its MP3s were kept under; told to the collector once more when the tombstone goes. */
  blobIds: z.array(z.string()),
  deletedAt: z.date(),
  writeId: z.string(),
})

export const conversionRecordSchema = z.discriminatedUnion('status', [
  conversionDocumentSchema,
  conversionTombstoneSchema,
])

export type ConversionStatus = (typeof conversionStatuses)[number]
export type Debt = z.infer<typeof owesSchema>[number]
export type ConversionEvent = z.infer<typeof conversionEventSchema>
export type ConversionDocument = z.infer<typeof conversionDocumentSchema>
export type ConversionTombstone = z.infer<typeof conversionTombstoneSchema>
export type ConversionRecord = ConversionDocument | ConversionTombstone
export type QueuedConversion = Extract<ConversionDocument, { status: 'QUEUED' }>
export type RunningConversion = Extract<ConversionDocument, { status: 'RUNNING' }>
export type FinishedConversion = Extract<ConversionDocument, { finishedAt: Date }>
export type Progress = z.infer<typeof progressSchema>
