/** Shows how far a file is: bars on a terminal, plain lines elsewhere. */
import { SingleBar } from 'cli-progress'
import { oneLine } from './cli-error.ts'
import type { Conversion } from './follow-conversion.ts'
import { formatProgress, formatSize } from './format.ts'

export interface ProgressView {
  /** Bytes of a step such as `Uploading`. */
  bytes(step: string, doneBytes: number, totalBytes: number): void
  /** A step of unknown length. */
  step(step: string): void
  conversion(conversion: Conversion): void
  /** Leaves the terminal as it should be. */
  end(): void
}

export type Terminal = NodeJS.WritableStream & { readonly isTTY?: boolean }

export function createProgressView(terminal: Terminal, file: string): ProgressView {
  const name = oneLine(file)
  const show = terminal.isTTY ? createBars(terminal, name) : createLines(terminal, name)
  return {
    bytes: (step, done, total) =>
      show.update(
        step,
        total === 0 ? 100 : (done / total) * 100,
        `${formatSize(done)} of ${formatSize(total)}`,
      ),
    step: (step) => show.update(step, 0, ''),
    conversion({ status, progress }) {
      if (status === 'QUEUED') show.update('Waiting', 0, 'for a worker')
      if (status === 'RUNNING')
        show.update('Converting', progress?.percent ?? 0, progress ? formatProgress(progress) : '')
      if (status === 'SUCCEEDED') show.update('Converting', 100, 'done')
    },
    end: () => show.end(),
  }
}

interface Display {
  update(step: string, percent: number, note: string): void
  end(): void
}

function createBars(terminal: NodeJS.WritableStream, name: string): Display {
  let current: { step: string; bar: SingleBar } | undefined
  const end = () => {
    current?.bar.stop()
    current = undefined
  }
  return {
    update(step, percent, note) {
      if (current?.step !== step) {
        // A step that is over was carried out in full, whether or not its last figure was told.
        if (current !== undefined) current.bar.update(100)
        end()
        const format = '{step} {bar} {shown} %  {note}'
        const bar = new SingleBar({
          stream: terminal,
          format,
          barsize: 28,
          hideCursor: true,
          barCompleteChar: '█',
          barIncompleteChar: '░',
        })
        bar.start(100, 0, { step: `${step.padEnd(11)} ${name}`, shown: '  0', note })
        current = { step, bar }
      }
      current.bar.update(percent, { shown: String(Math.floor(percent)).padStart(3), note })
    },
    end,
  }
}

/** A line at each new step, and one at each quarter of it. */
const linePercent = 25

function createLines(terminal: NodeJS.WritableStream, name: string): Display {
  let shownStep = ''
  let shownPart = 0
  return {
    update(step, percent, note) {
      const part = Math.floor(percent / linePercent)
      if (step === shownStep && part <= shownPart) return
      shownStep = step
      shownPart = part
      terminal.write(`${step} ${name}${note && `: ${note}`}\n`)
    },
    end: () => undefined,
  }
}
