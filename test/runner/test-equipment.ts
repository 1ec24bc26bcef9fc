/** What the tests need besides what the product needs. */
import { join } from 'node:path'
import type { Steps } from '#infra/local/machine/steps.ts'
import { prometheusPackage } from '#infra/observability/promtool.ts'
import { bringOtelCollector } from './otel-collector.ts'
import { bringUnpackedPackage, type UnpackedPackage } from '#infra/local/machine/unpacked-package.ts'

interface Equipment extends UnpackedPackage {
  /** The one file of the folder that is wanted; all of it otherwise. */
  readonly file?: string
}

/** By the variable of the environment that tells the tests where it is. */
const packages: Readonly<Record<string, Equipment>> = {
  REAL_SAMPLES_DIRECTORY: {
    name: 'forensics-samples-files',
    purpose: 'real videos for the tests',
    folder: 'usr/share/forensics-samples/original-files',
    as: 'real-samples',
    instead: 'point REAL_SAMPLES_DIRECTORY to a folder with some videos.',
  },
  SOUND_THEME_DIRECTORY: {
    name: 'sound-theme-freedesktop',
    purpose: 'real audio for the tests',
    folder: 'usr/share/sounds/freedesktop/stereo',
    as: 'sound-theme',
    instead: 'point SOUND_THEME_DIRECTORY to a folder with some audio.',
  },
  /** A library that gives one process another clock. */
  FAKETIME_LIBRARY: {
    name: 'libfaketime',
    purpose: 'wrong clocks for the tests',
    folder: 'usr/lib/*/faketime',
    file: 'libfaketime.so.1',
    as: 'faketime',
    instead: 'point FAKETIME_LIBRARY to libfaketime.so.1.',
  },
  /** A reader of tags in Python. */
  MUTAGEN_DIRECTORY: {
    name: 'python3-mutagen',
    purpose: 'a second reader of tags for the tests',
    folder: 'usr/lib/python3/dist-packages',
    as: 'mutagen',
    instead: 'point MUTAGEN_DIRECTORY to a folder with the Python package mutagen.',
  },
  PROMTOOL_PATH: { ...prometheusPackage, file: 'promtool' },
  PROMETHEUS_PATH: { ...prometheusPackage, file: 'prometheus' },
  /** A program that damages files, by a seed. */
  ZZUF_PATH: {
    name: 'zzuf',
    purpose: 'damaged files for the tests',
    folder: 'usr/bin',
    file: 'zzuf',
    as: 'zzuf',
    instead: 'point ZZUF_PATH to zzuf.',
  },
}

/** @returns the environment that tells the tests where it is. What the caller's own environment names is kept. */
export async function bringTestEquipment(env: NodeJS.ProcessEnv, steps: Steps): Promise<NodeJS.ProcessEnv> {
  const found: NodeJS.ProcessEnv = {
    OTEL_COLLECTOR_PATH: env['OTEL_COLLECTOR_PATH'] ?? (await bringOtelCollector(steps)),
  }
  for (const [variable, { file = '', ...wanted }] of Object.entries(packages))
    found[variable] = env[variable] ?? join(await bringUnpackedPackage(wanted, steps), file)
  return found
}
