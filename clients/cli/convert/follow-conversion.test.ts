import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CliError } from '#cli/cli-error.ts'
import { followConversion, type Conversion, type FollowDependencies } from './follow-conversion.ts'
import type { ConversionUpdate, SubscribeToConversion } from '#cli/api/live-updates.ts'

const conversion = (status: Conversion['status'], sequence: number): Conversion => ({
  id: 'conversion-1',
  filename: 'talk.mp4',
  status,
  attempt: 1,
  sequence,
  createdAt: '2026-01-01T00:00:00.000Z',
  finishedAt: null,
  progress: null,
  failure: null,
  warnings: [],
  mp3s: [],
})

const update = (status: Conversion['status'], sequence: number): ConversionUpdate => ({
  sequence,
  type: 'STATE',
  status,
  at: '2026-01-01T00:00:00.000Z',
  conversion: conversion(status, sequence),
})

/** What one subscription gives: updates, and then its end, an error, or silence. */
type Script = readonly (ConversionUpdate | CliError | 'silence')[]

function following(scripts: readonly Script[], asked: Conversion[] = []) {
  const afterSequences: (number | null)[] = []
  const subscribe: SubscribeToConversion = async function* (_id, afterSequence, signal) {
    const script = scripts[afterSequences.length]
    afterSequences.push(afterSequence)
    for (const step of script ?? assert.fail('subscribed once too often')) {
      if (step instanceof CliError) throw step
      if (step === 'silence') await new Promise((resolve) => signal.addEventListener('abort', resolve))
      else yield step
    }
  }
  const run = async () => ({ conversion: asked.shift() ?? assert.fail('asked once too often') })
  const limits = { silenceMs: 5, patienceMs: 1_000, pauseMs: 0 }
  const dependencies: FollowDependencies = {
    subscribe,
    run: run as unknown as FollowDependencies['run'],
    limits,
  }
  return { dependencies, afterSequences }
}

async function statusesOf(
  dependencies: FollowDependencies,
  signal = new AbortController().signal,
): Promise<string[]> {
  const statuses: string[] = []
  for await (const news of followConversion('conversion-1', dependencies, signal)) statuses.push(news.status)
  return statuses
}

const broken = new CliError('UNREACHABLE', 'away', { retryable: true })

describe('following a conversion', () => {
  it('tells each piece of news and ends when the conversion is finished', async () => {
    const { dependencies, afterSequences } = following([
      [update('QUEUED', 1), update('RUNNING', 2), update('SUCCEEDED', 3)],
    ])
    assert.deepEqual(await statusesOf(dependencies), ['QUEUED', 'RUNNING', 'SUCCEEDED'])
    assert.deepEqual(afterSequences, [null])
  })

  it('resumes after the last sequence it saw when the connection breaks or ends', async () => {
    const { dependencies, afterSequences } = following([
      [update('QUEUED', 1), update('RUNNING', 2), broken],
      [broken],
      [update('RUNNING', 2)],
      [update('FAILED', 5)],
    ])
    assert.deepEqual(await statusesOf(dependencies), ['QUEUED', 'RUNNING', 'RUNNING', 'FAILED'])
    assert.deepEqual(afterSequences, [null, 2, 2, 2])
  })

  it('asks when it hears nothing, and subscribes anew where something should have been heard', async () => {
    const { dependencies, afterSequences } = following(
      [['silence'], ['silence']],
      [conversion('QUEUED', 1), conversion('RUNNING', 2), conversion('SUCCEEDED', 3)],
    )
    assert.deepEqual(await statusesOf(dependencies), ['QUEUED', 'RUNNING', 'SUCCEEDED'])
    assert.deepEqual(afterSequences, [null, 2])
  })

  it('gives up at once on what will not pass', async () => {
    const { dependencies } = following([[new CliError('NOT_FOUND', 'There is no such thing.')]])
    await assert.rejects(statusesOf(dependencies), { code: 'NOT_FOUND' })
  })

  it('gives up on a server that stays away', async () => {
    const { dependencies } = following([[broken]])
    const impatient = { ...dependencies, limits: { silenceMs: 5, patienceMs: -1, pauseMs: 0 } }
    await assert.rejects(statusesOf(impatient), { code: 'UNREACHABLE' })
  })

  it('ends with the reason of an abort', async () => {
    const ending = new AbortController()
    const { dependencies } = following([[update('QUEUED', 1), 'silence']], [])
    const patient = { ...dependencies, limits: { silenceMs: 60_000, patienceMs: 1_000, pauseMs: 0 } }
    const reason = new Error('enough')
    const news = followConversion('conversion-1', patient, ending.signal)
    await news.next()
    const waiting = news.next()
    ending.abort(reason)
    await assert.rejects(waiting, reason)
  })
})
