/** What a trace may show of a path: the addresses of uploads and downloads hold what opens them. */

/** `/uploads/ID.SECRET?x` is `/uploads/…`. */
export function publicPath(path: string): string {
  const [, first = '', ...rest] = path.split(/[?#]/, 1)[0]!.split('/')
  return rest.length === 0 ? `/${first}` : `/${first}/…`
}

export const publicUrl = (origin: string, path: string): string => `${origin}${publicPath(path)}`
