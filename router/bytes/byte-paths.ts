/** The paths that lead to bytes, which media answers: uploads by tus, and downloads. */

export const bytePrefixes = ['/uploads', '/downloads'] as const

export const isBytePath = (url: string): boolean =>
  bytePrefixes.some((prefix) => url.startsWith(prefix) && /^([/?]|$)/.test(url.slice(prefix.length)))
