/** Floods of requests for the MP3s of signed links: unread, tiny, whole, abandoned. */
import { askOn, get, hold, leave } from './raw-connections.ts'
import { runFlood, type Attack } from './run-flood.ts'

const linkOf = ({ given }: Attack) => String(given['link'])

/** Of a byte somewhere in it, for which a whole chunk is read. */
const aByteOf = (attack: Attack) => {
  const at = Math.floor(Math.random() * Number(attack.given['sizeBytes']))
  return get(linkOf(attack), `Range: bytes=${at}-${at}\r\n`)
}

const fromOne = { lanes: 250, ofOneAddress: 250 }
const fromMany = { lanes: 2_000, ofOneAddress: 40 }

await runFlood({
  'unread downloads': hold({ ...fromMany, unread: true }, (attack) => ({ first: get(linkOf(attack)) })),
  'whole downloads': hold({ lanes: 250, ofOneAddress: 5 }, (attack) => ({ first: get(linkOf(attack)) })),
  'single bytes of one address': askOn(fromOne, aByteOf),
  'single bytes': askOn(fromMany, aByteOf),
  'abandoned downloads': leave((attack) => get(linkOf(attack))),
})
