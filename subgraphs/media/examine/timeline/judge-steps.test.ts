import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { comparisonBudget, placeBudget } from '#runtime/timeline/budget.ts'
import { judgeSteps } from './judge-steps.ts'
import { createClockReader } from './stream-clocks.ts'

/** Packets as ffprobe lists them: the kind of the stream, its number, and when the packet is to be heard or seen. */
type Packet = readonly ['audio' | 'video', number, number]

const every = (kind: Packet[0], stream: number, stepSeconds: number, from: number, to: number): Packet[] =>
  Array.from({ length: Math.round((to - from) / stepSeconds) }, (_, index) => [
    kind,
    stream,
    from + index * stepSeconds,
  ])

/** Parts of a file, each in the order of its packets' times. */
function judge(container: string, parts: readonly (readonly Packet[])[], step: { from: number; by: number }) {
  const reader = createClockReader()
  for (const part of parts)
    for (const [kind, stream, seconds] of part.toSorted((one, other) => one[2] - other[2]))
      reader.line(`packet,${kind},${stream},${seconds.toFixed(6)},${seconds.toFixed(6)}`)
  const clocks = reader.clocks()
  const others = [...clocks].filter(([stream]) => stream !== 1).map(([, clock]) => clock)
  const steps = [{ decodedSeconds: 10, fromSeconds: step.from, bySeconds: step.by }]
  return judgeSteps(steps, { container, own: clocks.get(1), others })[0]!.is
}
const audio = (from: number, to: number) => every('audio', 1, 0.02, from, to)
const video = (from: number, to: number) => every('video', 0, 0.04, from, to)

describe('a step in the time of audio', () => {
  it('is a gap where pictures go on, whatever its size', () => {
    for (const by of [0.1, 2, 60, 3_600])
      for (const container of ['mpegts', 'matroska,webm'])
        assert.equal(
          judge(
            container,
            [[...audio(0, 10), ...audio(10 + by, 15 + by), ...every('video', 0, 0.5, 0, 15 + by)]],
            { from: 10, by },
          ),
          'gap',
        )
  })

  it('is a jump where all streams make it at once, forward and back', () => {
    for (const by of [0.8, 5, 3_600, -3, -10]) {
      const after = 10 + by
      const parts = [
        [...audio(0, 10), ...video(0, 10.02)],
        [...audio(after, after + 5), ...video(after + 0.02, after + 5)],
      ]
      assert.equal(judge('mpegts', parts, { from: 10, by }), 'jump', `${by}`)
    }
  })

  it('is a jump also where the clock comes back later', () => {
    const parts = [
      [...audio(100, 110), ...video(100, 110)],
      [...audio(5_000, 5_010), ...video(5_000, 5_010)],
      [...audio(110, 120), ...video(110, 120)],
    ]
    assert.equal(judge('mpegts', parts, { from: 110, by: 4_890 }), 'jump')
    assert.equal(judge('mpegts', parts, { from: 5_010, by: -4_900 }), 'jump')
  })

  it('is a gap where a picture is merely shown for long', () => {
    const slides: Packet[] = [0, 4, 22, 40, 55].map((seconds) => ['video', 0, seconds])
    assert.equal(
      judge('matroska,webm', [[...audio(0, 10), ...audio(15, 50), ...slides]], { from: 10, by: 5 }),
      'gap',
    )
  })

  it('is an overlap where the clock goes back and pictures do not', () => {
    const packets = [
      [...audio(0, 10), ...video(0, 10)],
      [...audio(9, 15), ...video(10, 15)],
    ]
    assert.equal(judge('mpegts', packets, { from: 10, by: -1 }), 'overlap')
  })

  it('of audio alone is a jump beyond ten seconds in TS and FLV, and elsewhere a gap', () => {
    for (const [container, by, expected] of [
      ['mpegts', 9, 'gap'],
      ['mpegts', 11, 'jump'],
      ['flv', 11, 'jump'],
      ['matroska,webm', 11, 'gap'],
    ] as const)
      assert.equal(judge(container, [audio(0, 10), audio(10 + by, 20 + by)], { from: 10, by }), expected)
  })

  it('of audio alone back to where it began is a clock set anew, and a little back is told twice', () => {
    assert.equal(judge('matroska,webm', [audio(0, 10), audio(0, 10)], { from: 10, by: -10 }), 'jump')
    assert.equal(judge('matroska,webm', [audio(0, 10), audio(9, 20)], { from: 10, by: -1 }), 'overlap')
  })

  it('is found among however many that are none to the decoder', () => {
    // Two packets out of three are 0.12 s late.
    const trembling = audio(0, 50).map(([kind, stream, seconds], index): Packet => {
      return [kind, stream, index % 3 === 0 ? seconds : seconds + 0.12]
    })
    const parts = [
      video(0, 50),
      ...trembling.map((packet) => [packet]),
      [...audio(3_650, 3_655), ...video(3_650, 3_655)],
    ]
    assert.equal(judge('mpegts', parts, { from: 50, by: 3_600 }), 'jump')
  })

  it('beyond all times, and all clocks that are too many to be compared, are refused', () => {
    const clocks = { container: 'mpegts', own: undefined, others: [] }
    const step = { decodedSeconds: 10, fromSeconds: 10, bySeconds: 9.1e12 }
    assert.throws(() => judgeSteps([step], clocks), { code: 'CORRUPT_FILE', message: /300 years/ })
    const reader = createClockReader(placeBudget(), comparisonBudget(5_000))
    for (let packet = 0; packet < 1_000; packet++) {
      // To and fro, each time by a little more.
      const seconds = packet % 2 === 0 ? 0 : 100 + packet / 10_000
      for (const stream of [0, 1]) reader.line(`packet,audio,${stream},${seconds},${seconds}`)
    }
    const [own, other] = [reader.clocks().get(0), reader.clocks().get(1)!]
    const steps = Array.from({ length: 1_000 }, () => ({
      decodedSeconds: 0,
      fromSeconds: 0.2,
      bySeconds: 99,
    }))
    const surroundings = { container: 'mpegts', own, others: [other] }
    assert.throws(() => judgeSteps(steps, surroundings), { code: 'CORRUPT_FILE', message: /so often/ })
  })

  it('is one of so many as are kept, of all streams of a file together', () => {
    const reader = createClockReader(placeBudget(10))
    for (let packet = 0; packet < 7; packet++)
      for (const stream of [0, 1]) reader.line(`packet,audio,${stream},${packet * 2},${packet * 2}`)
    assert.throws(() => reader.clocks(), { code: 'CORRUPT_FILE', message: /more than 10 places/ })
  })

  it('that the packets do not make is what was not decoded', () => {
    assert.equal(judge('mpegts', [[...audio(0, 20), ...video(0, 20)]], { from: 10, by: 0.06 }), 'gap')
  })

  it('is no jump where an edit of an MP4 begins: its clock goes back for what is decoded and not heard', () => {
    const parts = [audio(0, 10), audio(0.2, 15)]
    assert.equal(judge('mov,mp4,m4a,3gp,3g2,mj2', parts, { from: 10, by: -9.8 }), 'overlap')
    assert.equal(judge('mpegts', parts, { from: 10, by: -9.8 }), 'jump')
  })
})
