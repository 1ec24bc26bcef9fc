/** Tells an MP4 whose audio is encrypted (ISO 23001-7) by what ffprobe says of its packets. */
import type { RunFfprobe } from '#media/examine/run-ffprobe.ts'

export type IsEncrypted = (path: string, signal: AbortSignal) => Promise<boolean>

/** A file may begin with some seconds in the clear. */
const packets = [
  '-v',
  'level+warning',
  '-of',
  'json',
  '-select_streams',
  'a',
  '-show_packets',
  '-read_intervals',
  '%+#1000',
]

export const createIsEncrypted =
  (runFfprobe: RunFfprobe): IsEncrypted =>
  async (path, signal) => {
    try {
      const { stdout, stderr } = await runFfprobe(path, packets, signal)
      return stdout.includes('"side_data_type": "Encryption info"') || tellsOfEncryption.test(stderr)
    } catch {
      // What cannot be read was refused for another reason already.
      signal.throwIfAborted()
      return false
    }
  }

/** The boxes that say how samples are encrypted, where ffmpeg stumbles over them. */
const tellsOfEncryption =
  /^\[mov,[^\]]*\] \[(?:warning|error)\] .*\b(?:saio|saiz|senc|tenc|schm|encrypt\w*)\b/im
