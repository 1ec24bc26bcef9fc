/** Which methods an address of ours takes, for whoever comes with another one (RFC 9110, 15.5.6). */
import type { FastifyInstance } from 'fastify'

/** To be called before any route is added. The methods of an address, whatever stands in it; none where nothing is there. */
export function knowMethods(http: FastifyInstance): (url: string) => readonly string[] {
  const methodsOf = new Map<string, Set<string>>()
  http.addHook('onRoute', ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set()
    methodsOf.set(url, methods)
    for (const each of [method].flat()) methods.add(each)
  })
  return (url) => {
    const path = url.split('?', 1)[0]!
    const methods = [...methodsOf].flatMap(([pattern, known]) => (isAt(pattern, path) ? [...known] : []))
    return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])].toSorted()
  }
}

/** By Fastify's patterns: `:name` is a piece between slashes, and `*` at the end whatever comes. */
function isAt(pattern: string, path: string): boolean {
  const pieces = path.split('/')
  const wanted = pattern.split('/')
  if (wanted.at(-1) === '*') return wanted.slice(0, -1).every((piece, index) => fits(piece, pieces[index]))
  return wanted.length === pieces.length && wanted.every((piece, index) => fits(piece, pieces[index]))
}

const fits = (wanted: string, piece: string | undefined) =>
  wanted.startsWith(':') ? piece !== undefined : wanted === piece
