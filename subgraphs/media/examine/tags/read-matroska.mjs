/**
 * Prints what ffprobe leaves out of a Matroska file's tags and chapters, as JSON: `node read-matroska.mjs FILE`. It runs in the
 * sandbox, as read-tags.mjs does, which reads such a file cluster by cluster and knows no editions. IDs and rules: RFC 9559.
 */
import { closeSync, openSync, readSync } from 'node:fs'

const ids = {
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  cluster: 0x1f43b675,
  chapters: 0x1043a770,
  edition: 0x45b9,
  editionIsDefault: 0x45db,
  atom: 0xb6,
  start: 0x91,
  end: 0x92,
  hidden: 0x98,
  enabled: 0x4598,
  display: 0x80,
  string: 0x85,
  tags: 0x1254c367,
  tag: 0x7373,
  targets: 0x63c0,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagString: 0x4487,
}

const most = {
  elementBytes: 8_000_000,
  elements: 200,
  chapters: 2_000,
  depth: 8,
  tags: 2_000,
  characters: 20_000,
}

const [path] = process.argv.slice(2)
const file = openSync(path, 'r')
const found = topLevelElements()
closeSync(file)
const editions = found.filter(({ id }) => id === ids.chapters).flatMap(({ bytes }) => all(bytes, ids.edition))
const shown = editions.find((edition) => unsigned(edition, ids.editionIsDefault, 0) === 1) ?? editions[0]
const first = editions.flatMap((edition) => all(edition, ids.atom))[0]
const chapters = shown === undefined ? [] : visible(shown, 0).slice(0, most.chapters)
const tags = found.filter(({ id }) => id === ids.tags).flatMap(({ bytes }) => textsOf(bytes))
const firstStartMs = first === undefined ? 0 : unsigned(first, ids.start, 0) / 1e6
console.log(JSON.stringify({ tags: tags.slice(0, most.tags), pictures: [], chapters, firstStartMs }))

/** Chapters and tags, before the first cluster or where the index says. */
function topLevelElements() {
  const elements = []
  const [ebml] = headers(0)
  const segment = ebml && headers(ebml.end)[0]
  if (segment?.id !== ids.segment) return elements
  const wanted = new Set()
  let at = segment.start
  for (let count = 0; count < most.elements; count++) {
    const [element] = headers(at)
    if (element === undefined || element.id === ids.cluster) break
    take(element)
    at = element.end
  }
  for (const position of [...wanted].slice(0, most.elements)) {
    const [element] = headers(segment.start + position)
    if (element !== undefined && element.start > at) take(element)
  }
  return elements

  function take(element) {
    if (![ids.seekHead, ids.chapters, ids.tags].includes(element.id)) return
    const bytes = bytesAt(element.start, Math.min(element.end - element.start, most.elementBytes))
    if (element.id !== ids.seekHead) return void elements.push({ id: element.id, bytes })
    for (const seek of all(bytes, ids.seek)) {
      const id = unsigned(seek, ids.seekId, 0)
      if ([ids.seekHead, ids.chapters, ids.tags].includes(id)) wanted.add(unsigned(seek, ids.seekPosition, 0))
    }
  }
}

function headers(at) {
  const header = elementAt(bytesAt(at, 12), 0)
  return header === undefined ? [] : [{ id: header.id, start: at + header.start, end: at + header.end }]
}

function bytesAt(position, length) {
  const buffer = Buffer.alloc(length)
  return buffer.subarray(0, readSync(file, buffer, 0, length, position))
}

/** Sections 4 and 5 of RFC 8794. */
function elementAt(bytes, at) {
  const id = numberAt(bytes, at, false)
  const size = id && numberAt(bytes, at + id.length, true)
  if (!size) return undefined
  const start = at + id.length + size.length
  return { id: id.value, start, end: start + size.value }
}

function numberAt(bytes, at, isSize) {
  const length = Math.clz32(bytes[at] ?? 0) - 23
  if (length < 1 || length > (isSize ? 8 : 4) || at + length > bytes.length) return undefined
  let value = isSize ? bytes[at] & (0xff >> length) : bytes[at]
  for (let index = 1; index < length; index++) value = value * 256 + bytes[at + index]
  return { value, length }
}

/** The bytes of each child of that id. */
function all(bytes, id) {
  const children = []
  for (let at = 0; at < bytes.length && children.length < most.chapters;) {
    const element = elementAt(bytes, at)
    if (element === undefined) break
    if (element.id === id) children.push(bytes.subarray(element.start, element.end))
    at = element.end
  }
  return children
}

function unsigned(bytes, id, otherwise) {
  const [value] = all(bytes, id)
  return value === undefined || value.length > 8
    ? otherwise
    : value.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** Each before those within it. What is hidden or disabled hides what is within it, too (sections 5.1.7.1.4.4 and 5). */
function visible(parent, depth) {
  if (depth > most.depth) return []
  return all(parent, ids.atom).flatMap((atom) => {
    if (unsigned(atom, ids.hidden, 0) === 1 || unsigned(atom, ids.enabled, 1) === 0) return []
    const [display] = all(atom, ids.display)
    const title = display === undefined ? '' : textIn(display, ids.string)
    const endNs = unsigned(atom, ids.end, -1)
    const own = { startMs: unsigned(atom, ids.start, 0) / 1e6, endMs: endNs < 0 ? null : endNs / 1e6, title }
    return [own, ...visible(atom, depth + 1)]
  })
}

function textIn(bytes, id) {
  return (all(bytes, id)[0] ?? Buffer.alloc(0))
    .toString('utf8')
    .slice(0, most.characters)
    .replace(/\0.*$/s, '')
}

/** Of the file as a whole: those of tracks, editions and attachments name them by their numbers (section 5.1.8.1.1). */
function textsOf(bytes) {
  const numbers = [0x63c5, 0x63c9, 0x63c4, 0x63c6]
  return all(bytes, ids.tag)
    .filter((tag) =>
      all(tag, ids.targets).every((target) => numbers.every((id) => unsigned(target, id, 0) === 0)),
    )
    .flatMap((tag) => all(tag, ids.simpleTag))
    .map((tag) => ({ format: 'Matroska', id: textIn(tag, ids.tagName), text: textIn(tag, ids.tagString) }))
    .filter(({ text }) => text !== '')
}
