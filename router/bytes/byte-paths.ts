/** The paths that lead to bytes, which media answers: uploads by tus, and downloads. */

const downloads = '/downloads'

export const bytePrefixes = ['/uploads', downloads] as const

export const isBytePath = (url: string): boolean =>
  bytePrefixes.some((prefix) => url.startsWith(prefix) && /^([/?]|$)/.test(url.slice(prefix.length)))

/** Of a path that leads to bytes. */
export const isDownload = (url: string): boolean => url.startsWith(downloads)
