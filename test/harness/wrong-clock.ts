/** A clock for one process, which a test can set while the process runs. */
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTemporaryDirectory } from './temporary-directory.ts'

export interface WrongClock extends AsyncDisposable {
  /** For the process to be started with. */
  readonly env: NodeJS.ProcessEnv
  /** Sets it so many days before or after the right time; the process sees that within a second. */
  set(days: number): Promise<void>
}

/** By libfaketime, which leaves the monotonic clock alone. @throws Error when the test runner has not brought it. */
export async function createWrongClock(): Promise<WrongClock> {
  const library = process.env['FAKETIME_LIBRARY']
  if (!library) throw new Error('FAKETIME_LIBRARY is not set: run this test through npm test')
  const directory = await createTemporaryDirectory()
  const file = join(directory.path, 'offset')
  const set = async (days: number) => {
    await writeFile(`${file}.new`, `${days < 0 ? '-' : '+'}${Math.abs(days)}d\n`)
    await rename(`${file}.new`, file)
  }
  await set(0)
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      // Or each timed wait on the monotonic clock returns at once (0.9.10, glibc 2.30 and newer): a Java server then spins on
      // all cores, and starts no thread while two of its waits overlap.
      FAKETIME_FORCE_MONOTONIC_FIX: '0',
    },
    set,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}
