/** What the tests need besides what the product needs. */
import { join } from 'node:path'
import type { Steps } from '#infra/local/machine/steps.ts'
import { bringOtelCollector } from './otel-collector.ts'
import { bringUnpackedPackage } from '#infra/local/machine/unpacked-package.ts'

/** @returns the environment that tells the tests where it is. What the caller's own environment names is kept. */
export async function bringTestEquipment(env: NodeJS.ProcessEnv, steps: Steps): Promise<NodeJS.ProcessEnv> {
  return {
    REAL_SAMPLES_DIRECTORY: env['REAL_SAMPLES_DIRECTORY'] ?? (await bringRealSamples(steps)),
    SOUND_THEME_DIRECTORY: env['SOUND_THEME_DIRECTORY'] ?? (await bringSoundTheme(steps)),
    FAKETIME_LIBRARY: env['FAKETIME_LIBRARY'] ?? (await bringFaketime(steps)),
    OTEL_COLLECTOR_PATH: env['OTEL_COLLECTOR_PATH'] ?? (await bringOtelCollector(steps)),
    PROMTOOL_PATH: env['PROMTOOL_PATH'] ?? (await bringPromtool(steps)),
    ZZUF_PATH: env['ZZUF_PATH'] ?? (await bringZzuf(steps)),
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

function bringSoundTheme(steps: Steps): Promise<string> {
  const theme = {
    name: 'sound-theme-freedesktop',
    purpose: 'real audio for the tests',
    folder: 'usr/share/sounds/freedesktop/stereo',
    as: 'sound-theme',
    instead: 'point SOUND_THEME_DIRECTORY to a folder with some audio.',
  }
  return bringUnpackedPackage(theme, steps)
}

/** A library that gives one process another clock. */
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

/** A program that damages files, by a seed. */
async function bringZzuf(steps: Steps): Promise<string> {
  const zzuf = {
    name: 'zzuf',
    purpose: 'damaged files for the tests',
    folder: 'usr/bin',
    as: 'zzuf',
    instead: 'point ZZUF_PATH to zzuf.',
  }
  return join(await bringUnpackedPackage(zzuf, steps), 'zzuf')
}

/** The checker of Prometheus' rules. */
async function bringPromtool(steps: Steps): Promise<string> {
  const prometheus = {
    name: 'prometheus',
    purpose: 'checks the alerts for the tests',
    folder: 'usr/bin',
    as: 'prometheus',
    instead: 'point PROMTOOL_PATH to promtool.',
  }
  return join(await bringUnpackedPackage(prometheus, steps), 'promtool')
}
