/** Saves every MP3 of a conversion, by links that are fresh. */
import { ConversionDocument } from '#schema/generated/operations.ts'
import type { RunOperation } from '#cli/api/api.ts'
import { CliError } from '#cli/cli-error.ts'
import type { Conversion } from '#cli/convert/follow-conversion.ts'
import type { ProgressView } from '#cli/convert/progress-view.ts'
import { chapterPath } from './output-targets.ts'
import { saveMp3, type SavedMp3, type SaveTarget } from './save-mp3.ts'

type Mp3 = Conversion['mp3s'][number]

/** Links live for a quarter of an hour, and come for all MP3s of a conversion at once. */
const freshMs = 5 * 60_000

/** Resolves with where each MP3 lies now, in their order. @throws CliError where one cannot be saved. */
export async function saveConversion(
  { id, mp3s }: Conversion,
  target: SaveTarget,
  run: RunOperation,
  view: ProgressView,
  signal: AbortSignal,
): Promise<SavedMp3[]> {
  const links = createLinks(
    mp3s,
    async () => (await run(ConversionDocument, { id }, signal)).conversion!.mp3s,
  )
  const saved: SavedMp3[] = []
  for (const mp3 of mp3s) {
    const source = { sizeBytes: mp3.sizeBytes, sha256: mp3.sha256, url: links.of(mp3) }
    const onProgress = (done: number) => view.bytes('Downloading', done, mp3.sizeBytes)
    saved.push(
      await saveMp3(source, mp3.chapter === null ? target : inChapter(target, mp3), onProgress, signal),
    )
  }
  return saved
}

const inChapter = (target: SaveTarget, mp3: Mp3): SaveTarget => ({
  ...target,
  path: chapterPath(target.path, mp3.filename),
})

/** A link that was used once may have ended in the middle of a download. */
function createLinks(first: readonly Mp3[], ask: () => Promise<readonly Mp3[]>) {
  let links = { mp3s: first, askedAtMs: performance.now() }
  return {
    of: ({ id }: Mp3) => {
      let uses = 0
      return async () => {
        if (uses++ > 0 || performance.now() - links.askedAtMs > freshMs) {
          const askedAtMs = performance.now()
          links = { mp3s: await ask(), askedAtMs }
        }
        const current = links.mp3s.find((candidate) => candidate.id === id)
        if (current === undefined) throw new CliError('NOT_FOUND', 'The MP3 was deleted.')
        return current.downloadUrl
      }
    },
  }
}
