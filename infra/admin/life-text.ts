/** The life of a conversion, as an operator reads it; what is not as it should be is said in words. */
import type { Life, LifeBlob } from './read-life.ts'
import { bytesText, row, spanText } from './terminal-text.ts'

type Story = Exclude<Life, { status: 'DELETED' }>

export function lifeText(life: Life): string {
  return [
    row('conversion', life.id),
    row('owner', life.ownerId),
    row('upload', life.uploadId),
    ...(life.status === 'DELETED'
      ? [row('state', `DELETED at ${time(life.deletedAt)}, was ${life.lastStatus}; only a tombstone is left`)]
      : storyRows(life)),
    ...(life.announced
      ? []
      : [row('messages', 'The broker has not confirmed the messages of its last change yet.')]),
    ...life.mails.map(mailRow),
    ...missingMailRows(life),
    ...blobRows(life),
    ...personalRows(life),
    '',
  ].join('\n')
}

function storyRows(life: Story): string[] {
  const { lease, progress, failure, requestId, traceId, retryOf } = life
  const rows = [row('request', requestId ?? 'not known'), row('trace', traceId ?? 'was not traced')]
  if (retryOf !== null) rows.push(row('retry of', retryOf))
  rows.push(row('state', stateOf(life)))
  if (lease !== null)
    rows.push(
      row(
        'lease',
        `held by ${lease.workerId}, beat ${lease.beat}; look twice: a beat that stands still is lost`,
      ),
    )
  if (progress !== null)
    rows.push(
      row('progress', `${progress.percent.toFixed(1)} % at ${progress.speed.toFixed(1)} times real time`),
    )
  if (failure !== null)
    rows.push(
      row(
        'failure',
        `${failure.code}: ${failure.message}${failure.retryable ? ' Its owner may retry it.' : ''}`,
      ),
    )
  return [...rows, ...eventRows(life)]
}

function stateOf({ status, attempt, crashes, failures, retryDelayMs }: Story): string {
  return [
    status,
    ...(attempt > 0 ? [`attempt ${attempt}`] : []),
    ...(crashes > 0 ? [`lost by its worker ${crashes} times`] : []),
    ...(failures > 0 ? [`failed in passing ${failures} times`] : []),
    ...(retryDelayMs > 0 ? [`held back for ${spanText(retryDelayMs)}`] : []),
  ].join(', ')
}

/** Spans are by the clocks of those who wrote the events. */
function eventRows({ events }: Story): string[] {
  return events.map(({ sequence, type, at, attempt }, index) => {
    const before = events[index - 1]
    const since = before ? `after ${spanText(Math.max(0, at.getTime() - before.at.getTime()))}` : ''
    const words = [
      String(sequence).padStart(3),
      time(at),
      type.padEnd(13),
      attempt > 0 ? `attempt ${attempt}` : '',
    ]
    return `${row(index === 0 ? 'events' : '', '').padEnd(12)}${[...words, since].join('  ').trimEnd()}`
  })
}

function mailRow({ kind, state, tries, resends, createdAt, sentAt, reason }: Life['mails'][number]): string {
  const words = [
    `${kind} ${state}`,
    `asked for at ${time(createdAt)}`,
    ...(sentAt === null ? [] : [`sent at ${time(sentAt)}`]),
    ...(tries > 0 ? [`put off ${tries} times`] : []),
    ...(resends > 0 ? [`sent again ${resends} times by its owner`] : []),
  ]
  return row('mail', `${words.join(', ')}${reason === null ? '' : `: ${reason}`}`)
}

function missingMailRows(life: Life): string[] {
  const isOver = life.status === 'SUCCEEDED' || life.status === 'FAILED'
  if (!isOver || life.mails.length > 0) return []
  if (!life.toBeMailed) return [row('mail', 'none: it was ordered by a guest')]
  const isOwed = life.owes.length > 0
  return [row('mail', isOwed ? 'NOT YET with the mailer' : 'NONE is stored, though its end is told by mail')]
}

function blobRows(life: Life): string[] {
  const rows = life.blobs.filter(({ of }) => of !== 'MP3').map((blob) => row(blob.of, presence(blob, life)))
  const mp3s = life.blobs.filter(({ of }) => of === 'MP3')
  const gone = mp3s.filter(({ sizeBytes }) => sizeBytes === null)
  const sizeBytes = mp3s.reduce((sum, blob) => sum + (blob.sizeBytes ?? 0), 0)
  if (mp3s.length > 0)
    rows.push(row('MP3s', `${mp3s.length - gone.length} of ${mp3s.length} are kept, ${bytesText(sizeBytes)}`))
  if (gone.length > 0 && life.status !== 'DELETED')
    rows.push(row('', `MISSING, though it succeeded: ${gone.map(({ id }) => id).join(' ')}`))
  if (gone.length < mp3s.length && life.status === 'DELETED')
    rows.push(row('', 'The collector has not removed what was deleted yet.'))
  return rows
}

function presence({ id, sizeBytes }: LifeBlob, { status }: Life): string {
  if (sizeBytes !== null) return `kept as ${id}, ${bytesText(sizeBytes)}`
  const isNeeded = status === 'QUEUED' || status === 'RUNNING'
  return isNeeded
    ? `MISSING, though it is still to be converted: ${id}`
    : 'no longer kept, and no longer needed'
}

function personalRows({ personal }: Life): string[] {
  if (personal === undefined) return []
  const { email, filename, mp3s } = personal
  return [
    row('address', email ?? 'none'),
    ...(filename === null ? [] : [row('file', filename)]),
    ...mp3s.map((name) => row('MP3', name)),
  ]
}

const time = (at: Date) => at.toISOString()
