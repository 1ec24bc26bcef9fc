/** What mutagen reads in the tag of an MP3. The product has no part in it: it writes tags by code of its own. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod'

const run = promisify(execFile)

const id3Schema = z.object({
  /** By mutagen's key of the frame. */
  frames: z.record(z.string(), z.string()),
  pictures: z.array(z.object({ type: z.int(), mimeType: z.string(), sha256: z.string() })),
  chapters: z.array(z.object({ startMs: z.int(), endMs: z.int(), title: z.string().nullable() })),
})

export type ReadId3 = z.infer<typeof id3Schema>

const program = `
import hashlib, json, sys
from mutagen.id3 import ID3, ID3NoHeaderError
try:
    tag = ID3(sys.argv[1])
except ID3NoHeaderError:
    tag = {}
found = {'frames': {}, 'pictures': [], 'chapters': []}
for key in tag:
    frame = tag[key]
    if frame.FrameID == 'APIC':
        picture = {'type': int(frame.type), 'mimeType': frame.mime, 'sha256': hashlib.sha256(frame.data).hexdigest()}
        found['pictures'].append(picture)
    elif frame.FrameID == 'CHAP':
        titles = frame.sub_frames.getall('TIT2')
        title = str(titles[0]) if titles else None
        found['chapters'].append({'startMs': frame.start_time, 'endMs': frame.end_time, 'title': title})
    else:
        found['frames'][key] = repr(frame) if frame.FrameID in ('UFID', 'POPM') else str(frame)
found['chapters'].sort(key=lambda chapter: chapter['startMs'])
json.dump(found, sys.stdout)
`

export async function readId3(path: string): Promise<ReadId3> {
  const mutagen = process.env['MUTAGEN_DIRECTORY']
  if (!mutagen) throw new Error('MUTAGEN_DIRECTORY is not set: run this test through npm test')
  const env = { PATH: process.env['PATH'], PYTHONPATH: mutagen }
  const { stdout } = await run('python3', ['-c', program, path], { env, timeout: 30_000 })
  return id3Schema.parse(JSON.parse(stdout))
}
