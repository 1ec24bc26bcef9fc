/** An operation whose plan doubles at each level: every fragment names the next one twice. */
export function doublingFragments(depth: number): string {
  const levels = Array.from({ length: depth }, (_, level) => {
    const below = `conversions { edges { node { owner { ...F${level + 1} } } } }`
    return `fragment F${level} on User { a: ${below} b: ${below} }`
  })
  return `{ me { ...F0 } } ${levels.join(' ')} fragment F${depth} on User { id }`
}
