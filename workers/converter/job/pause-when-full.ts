/** Takes no new jobs while the disk for them is nearly full; those at hand may finish on the reserve. */
import type { DiskSpace } from '#runtime/disk-space.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Consumer } from '#runtime/rabbit/consumer.ts'

export interface PauseWhenFullDependencies {
  readonly disk: DiskSpace
  readonly consumer: Pick<Consumer, 'pause' | 'resume'>
  readonly log: Logger
}

/** One look, to be repeated. */
export function createPauseWhenFull({ disk, consumer, log }: PauseWhenFullDependencies) {
  let paused = false
  return async (): Promise<void> => {
    const full = !(await disk.hasRoomFor(0))
    if (full === paused) return
    paused = full
    if (full) {
      log.warn('the work directory is nearly full; no new jobs are taken')
      await consumer.pause()
    } else {
      log.info('the work directory has room again; jobs are taken')
      await consumer.resume()
    }
  }
}
