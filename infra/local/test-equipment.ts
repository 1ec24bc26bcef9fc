/** What the tests need beyond the product's own needs. */
import { join } from 'node:path'
import type { Steps } from './steps.ts'
import { bringUnpackedPackage } from './unpacked-package.ts'

/** @returns the environment that tells the tests where it is. What the caller's own environment names is kept. */
export async function bringTestEquipment(env: NodeJS.ProcessEnv, steps: Steps): Promise<NodeJS.ProcessEnv> {
  return {
    REAL_SAMPLES_DIRECTORY: env['REAL_SAMPLES_DIRECTORY'] ?? (await bringRealSamples(steps)),
    FAKETIME_LIBRARY: env['FAKETIME_LIBRARY'] ?? (await bringFaketime(steps)),
  }
}

function bringRealSamples(steps: Steps): Promise<string> {
  const samples = {
    name: 'forensics-samples-files',
    purpose: 'real videos for the tests',
    folder: 'usr/share/forensics-samples/original-files',
    as: 'real-samples',
    instead: 'point REAL_SAMPLES_DIRECTORY to a folder with some videos.',
  }
  return bringUnpackedPackage(samples, steps)
}

/** A library that gives one process another idea of what time it is. */
async function bringFaketime(steps: Steps): Promise<string> {
  const faketime = {
    name: 'libfaketime',
    purpose: 'wrong clocks for the tests',
    folder: 'usr/lib/*/faketime',
    as: 'faketime',
    instead: 'point FAKETIME_LIBRARY to libfaketime.so.1.',
  }
  return join(await bringUnpackedPackage(faketime, steps), 'libfaketime.so.1')
}
