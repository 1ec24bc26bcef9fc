/** Tells whether a file is the one that is meant. */
import { stat } from 'node:fs/promises'
import { hashFile } from '#cli/hash-file.ts'

/** Whether the path is a file of these bytes; what cannot be read is not. Reads it only where its size is right. */
export async function hasBytes(
  path: string,
  { sizeBytes, sha256 }: { readonly sizeBytes: number; readonly sha256: string },
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const found = await stat(path)
    if (!found.isFile() || found.size !== sizeBytes) return false
    return (await hashFile(path, () => undefined, signal)) === sha256
  } catch {
    signal.throwIfAborted()
    return false
  }
}

/** Whether both paths lead to one file, by whatever links. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([statOrNull(one), statOrNull(other)])
  return first !== null && first.ino === second?.ino && first.dev === second.dev
}

const statOrNull = (path: string) => stat(path).catch(() => null)
