/** Whether a tenant's documents are as they were, and none was made in their name. */
import { BSON, type Db, type Document } from 'mongodb'

/** By collection and id: the whole document as text. */
export type Documents = ReadonlyMap<string, string>

/** Bytes (their names are in `fs.files`), intents to write them, which sweeps judge at any time, and counts of what anybody sends. */
const leftOut = /^(fs\.chunks|blobs$|throttles|system\.)/

/** All documents of the system, but for what is left out. */
export async function readDocuments(database: Db): Promise<Documents> {
  const names = (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)
  const found = await Promise.all(
    names
      .filter((name) => !leftOut.test(name))
      .map(async (name) => {
        const documents = await database.collection(name).find<Document>({}).toArray()
        return documents.map(
          (document) => [`${name}/${String(document['_id'])}`, BSON.EJSON.stringify(document)] as const,
        )
      }),
  )
  return new Map(found.flat())
}

/** What happened to documents that hold one of the ids, and which new ones name one in a field for ids or addresses. */
export function changesOf(before: Documents, after: Documents, ids: readonly string[]): readonly string[] {
  const holdsOne = (document: string) => ids.some((id) => document.includes(id))
  const old = [...before].filter(([, document]) => holdsOne(document))
  const changed = old.filter(([name, document]) => after.get(name) !== document)
  const made = [...after].filter(
    ([name, document]) => !before.has(name) && ids.some((id) => names(document, id)),
  )
  return [
    ...changed.map(([name, document]) => `${name} was ${document} and is ${after.get(name) ?? 'gone'}`),
    ...made.map(([name, document]) => `${name} was made: ${document}`),
  ]
}

/** In a field for an id or an address; free text may say anything. */
const names = (document: string, id: string) =>
  new RegExp(`"(_id|\\w+Id|email|emailCanonical|to)":"[^"]*${RegExp.escape(id)}`).test(document)
