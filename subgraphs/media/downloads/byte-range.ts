/** Which bytes of a file a request wants (RFC 9110, sections 13 and 14). */
import parseRange from 'range-parser'
import type { ByteRange } from '#runtime/blobs/blob-store.ts'

export interface ConditionalHeaders {
  readonly range?: string | undefined
  readonly 'if-range'?: string | undefined
  readonly 'if-none-match'?: string | undefined
}

export type RangeAnswer =
  | { readonly status: 200 | 206; readonly range: ByteRange }
  | { readonly status: 304 | 416; readonly range: null }

/** The entity tag is strong and quoted. Several ranges at once are answered with the whole file, as the RFC allows. */
export function answerRange(headers: ConditionalHeaders, sizeBytes: number, etag: string): RangeAnswer {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known?.some((tag) => tag === etag || tag === '*')) return { status: 304, range: null }
  const whole = { status: 200, range: { start: 0, end: sizeBytes - 1 } } as const
  const wanted = headers.range
  if (wanted === undefined || (headers['if-range'] !== undefined && headers['if-range'] !== etag))
    return whole
  const ranges = parseRange(sizeBytes, wanted)
  if (ranges === -1) return { status: 416, range: null }
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return whole
  const { start, end } = ranges[0]!
  return { status: 206, range: { start, end } }
}
