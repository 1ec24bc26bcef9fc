/** Reads what ffmpeg says on stderr at log level `level+verbose` with `-progress pipe:2`: progress, totals and errors. */

export interface FfmpegProgress {
  /** Media time written so far, in milliseconds. */
  readonly outTimeMs: number
  /** Seconds of media a second. */
  readonly speed: number
}

export interface FfmpegTotals {
  /** Samples a channel that the decoder gave, priming left out; null when nothing was decoded. */
  readonly decodedSamples: number | null
  /** Samples a channel that went into the encoder, after resampling; null when nothing was encoded. */
  readonly encodedSamples: number | null
  /** How often the rate, the channels or the format of the audio changed on the way: ffmpeg built its filters anew. */
  readonly audioChanges: number
  /** Each once, by ffmpeg's names: how the decoder's channels were laid out. */
  readonly channelLayouts: readonly string[]
  /** End of the last packet written, in milliseconds. */
  readonly outTimeMs: number
  /** How often a decoder could make nothing of a packet. */
  readonly decodeErrors: number
  /** The last lines at level error. A run may have ended well in spite of them. */
  readonly errors: readonly string[]
}

export interface OutputReader {
  line(line: string): void
  totals(): FfmpegTotals
  errors(): readonly string[]
}

const keptErrors = 20
const longestLine = 500
/** Whoever asks wants to know whether there was another than the first. */
const mostLayouts = 100

/**
 * What logged it (`[aac @ 0x55d0]`, up to two of them), the level, the text. Anchored: a tag of the file may hold anything, but
 * what ffmpeg prints of tags begins with a level of its own or with spaces.
 */
const logLine = /^(?:\[[^\]]* @ [^\]]*\] ){0,2}\[(\w+)\] (.*)$/

/** The closing statistics. From ffmpeg 6.1 on, the number of decode errors stands in them, too. */
const decodedStatistics =
  /^ +Input stream #\d+:\d+ \(audio\): .* frames decoded(?:; \d+ decode errors)? \((\d+) samples\)/
const encodedStatistics = /^ +Output stream #\d+:\d+ \(audio\): .* frames encoded \((\d+) samples\)/

/** By ffmpeg itself, whatever its decoder says beside it: until 6.0, and from 6.1 on. */
const decodeError = /^Error (?:while decoding stream #|submitting packet to decoder)/

/** The source of a filter graph, as it is built. */
const graphSource = /^tb:\d+\/\d+ samplefmt:\S+ samplerate:\d+ chlayout:(.*)$/

const samplesIn = (match: RegExpExecArray | null) => (match ? Number(match[1]) : null)

export function createOutputReader(onProgress?: (progress: FfmpegProgress) => void): OutputReader {
  const errors: string[] = []
  /** Each once, of as many graphs as were built. */
  const layouts = new Set<string>()
  let graphs = 0
  let decodeErrors = 0
  let outTimeMs = 0
  let speed = 0
  let decodedSamples: number | null = null
  let encodedSamples: number | null = null

  const progressLine = (key: string, value: string) => {
    if (key === 'out_time_us' && Number.isFinite(Number(value)))
      outTimeMs = Math.max(outTimeMs, Number(value) / 1000)
    if (key === 'speed') speed = Number.parseFloat(value) || speed
    if (key === 'progress') onProgress?.({ outTimeMs, speed })
  }

  return {
    line(raw) {
      const line = raw.trimEnd().slice(0, longestLine)
      const progress = /^(\w+)=\s*(.*)$/.exec(line)
      if (progress) return progressLine(progress[1]!, progress[2]!)
      const [, level, text] = logLine.exec(line) ?? []
      if (level === undefined || text === undefined) return
      if (level === 'error' || level === 'fatal' || level === 'panic') {
        if (decodeError.test(text)) decodeErrors++
        errors.push(line)
        if (errors.length > keptErrors) errors.shift()
      }
      if (level !== 'verbose') return
      const graph = graphSource.exec(text)
      if (graph) {
        graphs++
        if (layouts.size < mostLayouts) layouts.add(graph[1]!)
      }
      decodedSamples = samplesIn(decodedStatistics.exec(text)) ?? decodedSamples
      encodedSamples = samplesIn(encodedStatistics.exec(text)) ?? encodedSamples
    },
    totals: () => {
      const audioChanges = Math.max(0, graphs - 1)
      const channelLayouts = [...layouts]
      const samples = { decodedSamples, encodedSamples, audioChanges, channelLayouts }
      return { ...samples, outTimeMs, decodeErrors, errors: [...errors] }
    },
    errors: () => [...errors],
  }
}
