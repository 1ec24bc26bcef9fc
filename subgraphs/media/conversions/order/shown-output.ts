/** What was asked of a conversion, as its owner sees it. */
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'

export function shownOutput({ output, source }: ConversionDocument) {
  const { tags, cover, chapters, ...sound } = output
  return {
    ...sound,
    bitrateKbps: sound.bitrateMode === 'VBR' ? null : sound.bitrateKbps,
    vbrQuality: sound.bitrateMode === 'VBR' ? sound.vbrQuality : null,
    audioTrack: source.track,
    keepTags: tags.keep,
    setTags: tags.set,
    coverFrom: cover.from,
    chaptersFrom: chapters.from,
    chapters: chapters.from === 'GIVEN' ? chapters.list : [],
  }
}
