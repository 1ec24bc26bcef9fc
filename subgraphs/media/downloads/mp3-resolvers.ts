/** The graph's view of an MP3: its facts, and a link that lives 15 minutes. */
import type { Resolvers } from '#schema/generated/media-resolvers.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { downloadUrl, signLinkToken } from '#runtime/tokens/link-token.ts'

const linkLifetimeMs = 15 * 60_000

export interface Mp3ResolversDependencies {
  readonly publicUrl: string
  readonly linkKeys: RotatingKeys
  readonly now?: () => number
}

export function createMp3Resolvers({
  publicUrl,
  linkKeys,
  now = Date.now,
}: Mp3ResolversDependencies): Resolvers<SubgraphContext> {
  // Whole seconds, as in the token, so that both fields of one answer agree.
  const expiresAt = () => new Date(Math.floor((now() + linkLifetimeMs) / 1000) * 1000)
  return {
    Mp3: {
      id: ({ mp3 }) => mp3.id,
      filename: ({ mp3 }) => mp3.filename,
      sizeBytes: ({ mp3 }) => mp3.sizeBytes,
      durationMs: ({ mp3 }) => mp3.durationMs,
      sampleCount: ({ mp3 }) => mp3.sampleCount,
      sampleRateHz: ({ mp3 }) => mp3.sampleRateHz,
      channels: ({ mp3 }) => mp3.channels,
      bitrateMode: ({ mp3 }) => mp3.bitrateMode,
      bitrateKbps: ({ mp3 }) => mp3.bitrateKbps,
      sha256: ({ mp3 }) => mp3.sha256,
      encoding: ({ mp3 }) => mp3.encoding,
      passthrough: ({ mp3 }) => mp3.passthrough,
      chapter: ({ mp3 }) => mp3.chapter,
      loudness: ({ mp3 }) => mp3.loudness,
      expiresAt,
      downloadUrl: async ({ mp3, conversion }) => {
        const subject = {
          conversionId: conversion._id,
          mp3Id: mp3.id,
          linkGeneration: conversion.linkGeneration,
        }
        return downloadUrl(publicUrl, await signLinkToken(subject, expiresAt(), linkKeys))
      },
    },
  }
}
