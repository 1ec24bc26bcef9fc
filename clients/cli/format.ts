/** Puts sizes, lengths and states into words for the terminal. */

const sizeUnits = ['kB', 'MB', 'GB'] as const

/** Decimal units: 4_608_000 → `4.6 MB`. */
export function formatSize(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} B`
  let amount = sizeBytes / 1000
  let unit = 0
  while (amount >= 999.5 && unit < sizeUnits.length - 1) {
    amount /= 1000
    unit += 1
  }
  return `${amount < 9.95 ? amount.toFixed(1) : Math.round(amount)} ${sizeUnits[unit]}`
}

/** 192_000 → `3:12`, 7_384_000 → `2:03:04`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000)
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const tail = String(rest).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

export interface Mp3Figures {
  readonly durationMs: number
  readonly sizeBytes: number
  readonly bitrateMode: 'CBR' | 'VBR' | 'ABR'
  readonly bitrateKbps: number
  /** Null where none was asked for. */
  readonly loudness?: { readonly integratedLufs: number | null } | null
}

/** `3:12, 4.6 MB, 192 kbit/s`, and `-16.0 LUFS` where a loudness was asked for: it may have been out of reach. */
export function formatMp3({ durationMs, sizeBytes, bitrateMode, bitrateKbps, loudness }: Mp3Figures): string {
  const bitrate = `${bitrateMode === 'CBR' ? '' : 'about '}${bitrateKbps} kbit/s`
  const lufs = loudness?.integratedLufs?.toFixed(1)
  const figures = [formatDuration(durationMs), formatSize(sizeBytes), bitrate]
  return [...figures, ...(lufs === undefined ? [] : [`${lufs} LUFS`])].join(', ')
}

export interface ProgressFigures {
  readonly percent: number
  readonly speed: number
  readonly etaMs: number | null
}

/** `43 %, 52x, 0:07 left` */
export function formatProgress(progress: ProgressFigures): string {
  return [`${Math.floor(progress.percent)} %`, formatPace(progress)].filter(Boolean).join(', ')
}

/** `52x, 0:07 left`: seconds of media in a second, and the time left; nothing of what is unknown. */
export function formatPace({ speed, etaMs }: Omit<ProgressFigures, 'percent'>): string {
  const pace = speed > 0 ? `${speed < 9.95 ? speed.toFixed(1) : Math.round(speed)}x` : ''
  return [pace, etaMs === null ? '' : `${formatDuration(etaMs)} left`].filter(Boolean).join(', ')
}

/** `2026-01-02 03:04`, by this machine's clock and time zone. */
export const formatTime = (timestamp: string): string =>
  new Date(timestamp).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
