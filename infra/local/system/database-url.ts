/** Puts a database name into a MongoDB URL. */

/** A MongoDB URL may name several hosts, which no URL parser accepts. */
const mongoUrl = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(\?.*)?$/

/** Keeps a name that is there already. */
export function withDatabase(url: string, database: string): string {
  const [, server = '', named, query = ''] = mongoUrl.exec(url) ?? []
  if (server === '') throw new Error('MONGODB_URL is not a MongoDB URL (mongodb://host:port/database)')
  return `${server}/${named || database}${query}`
}

export function withoutDatabase(url: string): string {
  const [, server = '', , query = ''] = mongoUrl.exec(url) ?? []
  if (server === '') throw new Error('MONGODB_URL is not a MongoDB URL (mongodb://host:port/database)')
  return `${server}/${query}`
}
