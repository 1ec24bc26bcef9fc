/** Shows how far a file is: bars on a terminal, plain lines elsewhere. */
import { SingleBar } from 'cli-progress'
import { basename } from 'node:path'
import { oneLine } from '#cli/cli-error.ts'
import type { Conversion } from './follow-conversion.ts'
import { formatPace, formatSize } from '#cli/format.ts'

export interface ProgressView {
  /** Bytes of a step such as `Uploading`. */
  bytes(step: string, doneBytes: number, totalBytes: number): void
  /** A step of unknown length. */
  step(step: string): void
  conversion(conversion: Conversion): void
  /** Ends this view, which may be used again later, and shows another file in its place. */
  of(file: string): ProgressView
  /** Leaves the terminal as it should be. */
  end(): void
}

export type Terminal = NodeJS.WritableStream & { readonly isTTY?: boolean }

/** @param now Milliseconds, for tests. */
export function createProgressView(
  terminal: Terminal,
  file: string,
  now: () => number = () => performance.now(),
): ProgressView {
  const name = oneLine(basename(file))
  const show = terminal.isTTY ? createBars(terminal, name) : createLines(terminal, name, now)
  return {
    bytes: (step, done, total) =>
      show.update(
        step,
        total === 0 ? 100 : (done / total) * 100,
        `${formatSize(done)} of ${formatSize(total)}`,
      ),
    step: (step) => show.update(step, null, ''),
    conversion({ status, progress }) {
      if (status === 'QUEUED') show.update('Waiting', null, 'for a worker')
      if (status === 'RUNNING')
        show.update('Converting', progress?.percent ?? 0, progress ? formatPace(progress) : '')
      if (status === 'SUCCEEDED') show.update('Converting', 100, 'done')
    },
    of(other) {
      show.end()
      return createProgressView(terminal, other, now)
    },
    end: () => show.end(),
  }
}

interface Display {
  /** The share of a step that is done; null where that cannot be told. */
  update(step: string, percent: number | null, note: string): void
  end(): void
}

function createBars(terminal: NodeJS.WritableStream, name: string): Display {
  let current: { step: string; bar: SingleBar; isMeasured: boolean } | undefined
  const open = (step: string, isMeasured: boolean) => {
    const format = `${step.padEnd(11)} ${name} {bar} {shown}  {note}`
    const glyphs = { barCompleteChar: '█', barIncompleteChar: '░', barsize: 28 }
    const bar = new SingleBar({ stream: terminal, format, hideCursor: true, ...glyphs })
    bar.start(100, 0, { shown: '', note: '' })
    return { step, bar, isMeasured }
  }
  const end = () => {
    current?.bar.stop()
    current = undefined
  }
  return {
    update(step, percent, note) {
      if (current !== undefined && current.step !== step) {
        // A step that is over was carried out in full, whether or not its last figure was told.
        current.bar.update(100, { shown: shown(100), ...(current.isMeasured ? {} : { note: '' }) })
        end()
      }
      current ??= open(step, percent !== null)
      current.bar.update(percent ?? 0, { shown: percent === null ? '     ' : shown(percent), note })
    },
    end,
  }
}

const shown = (percent: number) => `${String(Math.floor(percent)).padStart(3)} %`

/** Where nobody watches a step live, a line now and then is enough. */
const quietMs = 5_000

/** A line at each new step, and from time to time within a long one. */
function createLines(terminal: NodeJS.WritableStream, name: string, now: () => number): Display {
  let shownStep = ''
  let shownAtMs = 0
  return {
    update(step, percent, note) {
      if (step === shownStep && now() - shownAtMs < quietMs) return
      const isFirst = step !== shownStep
      shownStep = step
      shownAtMs = now()
      const figures = [...(percent === null || isFirst ? [] : [`${Math.floor(percent)} %`]), note].filter(
        Boolean,
      )
      terminal.write(`${[`${step} ${name}`, figures.join(', ')].filter(Boolean).join(': ')}\n`)
    },
    end: () => undefined,
  }
}
