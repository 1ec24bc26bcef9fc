/** Says of a file that was refused what it is, where its first bytes tell more than ffmpeg did. */
import { open } from 'node:fs/promises'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { IsEncrypted } from './is-encrypted.ts'
import { beginsAsRead, formatOf, isOfMp4 } from './known-formats.ts'
import { isScrambled } from './scrambled-transport.ts'

/** Some thousand packets of a transport stream. */
const headBytes = 512 * 1024

/** Resolves with the error itself where there is nothing to add. */
export type ExplainRefusal = (error: unknown, path: string, signal: AbortSignal) => Promise<unknown>

export const createExplainRefusal =
  (isEncrypted: IsEncrypted): ExplainRefusal =>
  async (error, path, signal) => {
    if (!(error instanceof DomainError)) return error
    const { code } = error
    if (code !== 'UNSUPPORTED_FORMAT' && code !== 'CORRUPT_FILE') return error
    const head = await headOf(path)
    if (isScrambled(head) || (isOfMp4(head) && (await isEncrypted(path, signal))))
      return new DomainError('PROTECTED', undefined, { cause: error })
    // What was refused for a reason of its own keeps it.
    if (code === 'CORRUPT_FILE' || error.message !== errorCodes[code].meaning) return error
    const name = formatOf(head)
    if (name !== null) return new DomainError(code, `The file is ${name}.`, { cause: error })
    return beginsAsRead(head) ? new DomainError('CORRUPT_FILE', undefined, { cause: error }) : error
  }

async function headOf(path: string): Promise<Buffer> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
  return buffer.subarray(0, bytesRead)
}
