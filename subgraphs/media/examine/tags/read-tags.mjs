/**
 * Prints the tags of a file as JSON, and writes its pictures into a folder: `node read-tags.mjs FILE FOLDER`. It runs in the sandbox
 * as a process of its own, since strangers made the file. In JavaScript, as Node has no WebAssembly there to take types away.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFile } from 'music-metadata'

/** Of what a file says of itself more is not read; the parent bounds what is kept. */
const most = { tags: 2_000, characters: 20_000, charactersInAll: 400_000, pictures: 8 }

const [path, folder] = process.argv.slice(2)
const { native } = await parseFile(path, { duration: false, skipPostHeaders: false })
const entries = Object.entries(native).flatMap(([format, tags]) =>
  tags.flatMap(({ id, value }) => flattened(id, value).map((tag) => ({ format, ...tag }))),
)
const pictures = Object.values(native)
  .flat()
  .map(({ value }) => value)
  .filter((value) => value?.data instanceof Uint8Array && typeof value.format === 'string')
  .slice(0, most.pictures)
pictures.forEach(({ data }, index) => writeFileSync(join(folder, `picture-${index}`), data))
let left = most.charactersInAll
const tags = entries.slice(0, most.tags).filter(({ id, text, about }) => {
  const length = id.length + text.length + (about?.length ?? 0)
  if (length > left) return false
  left -= length
  return true
})
console.log(JSON.stringify({ tags, pictures: pictures.map(({ type }) => ({ type: String(type ?? '') })) }))

/** One entry a text; what is neither text nor made of it is left out. */
function flattened(id, value) {
  if (['string', 'number', 'boolean'].includes(typeof value)) return [entry(id, value)]
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || 'data' in value) return []
  if ('text' in value) return [entry(id, value.text, value.descriptor, value.language)]
  if ('url' in value) return [entry(id, value.url, value.description)]
  if ('rating' in value) return [entry(id, value.rating, value.email)]
  if ('identifier' in value)
    return [entry(id, Buffer.from(value.identifier).toString('latin1'), value.owner_identifier)]
  // People, each by what they did (ID3v2.4 frames, 4.2.2).
  return Object.entries(value).flatMap(([role, names]) =>
    Array.isArray(names) ? names.map((name) => entry(id, name, role)) : [],
  )
}

function entry(id, text, about, language) {
  return {
    id: clipped(id, 200),
    text: clipped(text, most.characters),
    ...(about && { about: clipped(about, 200) }),
    ...(/^[a-z]{3}$/i.test(language) && { language: language.toLowerCase() }),
  }
}

function clipped(text, characters) {
  return String(text).slice(0, characters).toWellFormed()
}
