/**
 * Tells which fields of a value nobody asked for. The compiled schemas pass over a field that they do not know, as
 * `readynessProbe`; they ask each object for all the fields that they do know, and read every entry of a map.
 */

export interface WatchedReads<T> {
  /** Looks like the value. */
  readonly view: T
  /** Paths of the fields that were not read. An object that was asked for nothing at all may hold anything. */
  unread(): string[]
}

export function watchReads<T>(value: T, path = ''): WatchedReads<T> {
  if (typeof value !== 'object' || value === null) return { view: value, unread: () => [] }
  const asked = new Set<string>()
  const children = new Map<string, WatchedReads<unknown>>()
  const childOf = (key: string, child: unknown) => {
    const known = children.get(key) ?? watchReads(child, `${path}/${key}`)
    children.set(key, known)
    return known
  }
  const view = new Proxy(value, {
    get(target, key, receiver): unknown {
      const found: unknown = Reflect.get(target, key, receiver)
      if (typeof key !== 'string') return found
      asked.add(key)
      return Object.hasOwn(target, key) ? childOf(key, found).view : found
    },
  })
  const unread = () => {
    const own = Array.isArray(value) || asked.size === 0 ? [] : Object.keys(value)
    return [
      ...own.filter((key) => !asked.has(key)).map((key) => `${path}/${key}`),
      ...[...children.values()].flatMap((child) => child.unread()),
    ]
  }
  return { view, unread }
}
