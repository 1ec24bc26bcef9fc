/** Which pages may use the API from a browser: one rule for GraphQL, WebSockets, uploads and downloads. */

export type IsAllowedOrigin = (origin: string) => boolean

export interface AllowedOrigins {
  readonly publicUrl: string
  /** Besides our own. */
  readonly others: readonly string[]
  /** A developer's own machine has several names. */
  readonly isDevelopment: boolean
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

export function createAllowedOrigins({ publicUrl, others, isDevelopment }: AllowedOrigins): IsAllowedOrigin {
  const { protocol, hostname, port } = new URL(publicUrl)
  const names = isDevelopment && loopbackNames.includes(hostname) ? loopbackNames : [hostname]
  const own = names.map((name) => new URL(`${protocol}//${name}:${port}`).origin)
  const allowed = new Set([...own, ...others])
  return (origin) => allowed.has(origin)
}
