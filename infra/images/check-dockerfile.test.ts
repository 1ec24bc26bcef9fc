/** The Dockerfile is right, and each of some small mistakes in it is found. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dockerfileProblems, readDockerfile, readVersion } from './check-dockerfile.ts'

type Row = readonly [mistake: string, from: string | RegExp, to: string, found: string]

const mutants: readonly Row[] = [
  ['a keyword that is none', 'STOPSIGNAL', 'STOPSIGNALS', 'Unknown instruction'],
  ['a flag that is none', '--start-period', '--start-perod', 'Unknown flag'],
  ['a base of no version', ':24.21.0-bookworm-slim', ':latest', 'ARG BASE=docker.io/library/node:latest'],
  ['another base', 'FROM scratch AS system', 'FROM debian:12 AS system', 'FROM debian:12: is neither'],
  [
    'a base that comes later',
    'FROM scratch AS system',
    'FROM programs AS system',
    'FROM programs: is neither',
  ],
  ['root', 'USER 10001:10001\n', '', 'media: runs as root'],
  ['another user at last', 'ENV EARSHOT_COMMAND=earshot', 'USER root', 'admin: runs as root'],
  [
    'a shell',
    /ENTRYPOINT .*auth.*/,
    'ENTRYPOINT node auth.ts',
    'ENTRYPOINT node auth.ts: would need a shell',
  ],
  ['a shell for health', /HEALTHCHECK .*main.*/, 'HEALTHCHECK CMD true', 'would need a shell'],
  ['no health', /HEALTHCHECK --.*\n/, '', 'router: has no HEALTHCHECK'],
  ['no program', /ENTRYPOINT .*mailer.*/, '', 'mailer: has no ENTRYPOINT'],
  ['no target', 'FROM system AS mailer', 'FROM system AS mail', 'mailer: there is no target'],
  [
    'a process without its version',
    /ENV VERSION.*\n/,
    '',
    'router: its ENV does not tell the process its VERSION',
  ],
  ['a version of its own', 'ENV VERSION=${VERSION}', 'ENV VERSION=1.0.0', 'router: its ENV does not tell'],
  ['no label of the version', / \\\n.*image\.version=.*/, '', 'admin: its LABEL does not tell the version'],
  ['the version before', /ARG VERSION=.*/, 'ARG VERSION=0.0.9', 'media: its ARG does not say VERSION='],
  ['ADD', 'COPY package.json', 'ADD package.json', 'ADD package.json'],
]

describe('the check of the Dockerfile', () => {
  it('finds nothing in it', async () => {
    assert.deepEqual(dockerfileProblems(await readDockerfile(), await readVersion()), [])
  })

  for (const [mistake, from, to, found] of mutants)
    it(`finds ${mistake}`, async () => {
      const text = await readDockerfile()
      const mutated = text.replace(from, to)
      assert.notEqual(mutated, text)
      const problems = dockerfileProblems(mutated, await readVersion())
      assert.ok(
        problems.some((problem) => problem.includes(found)),
        problems.join('\n') || 'it found nothing',
      )
    })
})
