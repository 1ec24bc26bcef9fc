import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { createFfmpeg } from './ffmpeg.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { fileUrl } from './hardening.ts'
import { createSandbox, unconfined, type Access, type Sandbox } from './sandbox.ts'

const execute = promisify(execFile)
const log = pino({ level: 'silent' })
const nothing: Access = { read: [], write: [] }

describe('the sandbox of ffmpeg', () => {
  let directory: Awaited<ReturnType<typeof createTemporaryDirectory>>
  let sandbox: Sandbox
  let canary: string
  let source: string
  let folder: string
  before(async () => {
    directory = await createTemporaryDirectory()
    sandbox = await createSandbox({ mode: 'required', programs: [ffmpegPath, ffprobePath], log })
    folder = join(directory.path, 'a job')
    await mkdir(folder)
    ;[canary, source] = [join(directory.path, 'canary'), join(folder, 'source')]
    await writeFile(canary, 'sings')
    await writeFile(source, 'the source')
  })
  after(() => directory[Symbol.asyncDispose]())

  /** Runs a shell where ffmpeg would run. */
  const sh = async (script: string, access = nothing, where = sandbox) => {
    const [command, ...args] = where.confine(findExecutable('bash'), access)
    return (await execute(command, [...args, '-c', script])).stdout.trim()
  }

  it('holds the files of the job and no others', async () => {
    const access = { read: [source], write: [] }
    assert.equal(await sh(`cat '${source}'`, access), 'the source')
    for (const path of [canary, '/etc/passwd', import.meta.filename, '/proc/self/environ'])
      await assert.rejects(sh(`cat '${path}'`, access), /No such file/, path)
    assert.equal(await sh(`cat '${canary}'`, nothing, unconfined), 'sings', 'outside it is there')
  })

  it('lets the job write into its folder, and to no file it is to read', async () => {
    const limits = { cpuSeconds: 10, fileBytes: 1_000 }
    const access = { read: [source], write: [folder], limits }
    await sh(`echo written > '${join(folder, 'output')}'`, access)
    assert.equal(await readFile(join(folder, 'output'), 'utf8'), 'written\n')
    await assert.rejects(sh(`echo spoilt > '${source}'`, access), /Read-only/)
    await assert.rejects(sh(`echo x > /usr/share/x`, access), /Read-only/)
    assert.equal(await readFile(source, 'utf8'), 'the source')
  })

  it('has no network, not even this machine’s own', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const dial = `exec 3<>/dev/tcp/127.0.0.1/${(server.address() as AddressInfo).port}`
    await sh(dial, nothing, unconfined)
    await assert.rejects(sh(dial), /not supported/)
    server.close()
  })

  it('is nobody’s, sees nobody, and knows nothing of our environment', async () => {
    assert.equal(await sh('id -u'), '65534')
    assert.equal(await sh('echo $$'), '2')
    const [command, ...args] = sandbox.confine(findExecutable('env'), nothing)
    // bubblewrap says where it is, in a place that is the sandbox's own.
    assert.equal((await execute(command, args)).stdout, 'PWD=/\n')
  })

  it('refuses the system calls by which others broke out', { skip: process.arch !== 'x64' }, async () => {
    // Each succeeds for nobody in namespaces, or fails for another reason, where no filter is.
    const calls = {
      ptrace: ['101, 0, 0, 0, 0', 1],
      unshare: ['272, 0x10000000', 1],
      'clone into namespaces': ['56, 0x10000011, 0, 0, 0, 0', 1],
      clone3: ['435, 0, 0', 38],
      io_uring_setup: ['425, 0, 0', 1],
      userfaultfd: ['323, 0x10000', 1],
      keyctl: ['250, 0, -3, 0', 1],
      bpf: ['321, 0, 0, 0', 1],
      perf_event_open: ['298, 0, 0, 0, 0, 0', 1],
      mount: ['165, 0, 0, 0, 0, 0', 1],
      open_by_handle_at: ['304, -1, 0, 0', 1],
      process_vm_readv: ['310, 0, 0, 0, 0, 0, 0', 1],
      'a socket of the internet': ['41, 2, 1, 0', 97],
      'a socket of the kernel': ['41, 16, 3, 0', 97],
    } as const
    for (const [name, [call, errno]] of Object.entries(calls)) {
      const script = `'${findExecutable('perl')}' -e 'print syscall(${call}) < 0 ? $! + 0 : 0'`
      assert.equal(await sh(script), `${errno}`, name)
    }
    assert.equal(await sh(`'${findExecutable('perl')}' -e 'print syscall(41, 1, 1, 0) > 0'`), '1')
  })

  it('ends what writes or computes without end', async () => {
    const output = join(folder, 'endless')
    const limits = { cpuSeconds: 1, fileBytes: 100_000 }
    await assert.rejects(sh(`cat /dev/zero > '${output}'`, { read: [], write: [folder], limits }))
    assert.equal((await stat(output)).size, 100_000)
    await assert.rejects(sh('while :; do :; done', { ...nothing, limits }), { code: 137 })
    await assert.rejects(sh('dd if=/dev/zero of=/dev/null bs=1500M count=1'), /exhausted|allocate/)
    assert.equal(await sh('ulimit -c'), '0')
    assert.equal(await sh('ulimit -u'), '512')
  })

  it('ends with the process that started it, however that ends', async () => {
    const seconds = `${1000 + (process.pid % 1000)}.${process.pid}`
    const [command, ...args] = sandbox.confine(findExecutable('sleep'), nothing)
    const start = `require('node:child_process').spawn(${JSON.stringify(command)}, ${JSON.stringify([...args, seconds])})`
    const parent = spawn(process.execPath, ['-e', `${start}; setInterval(() => {}, 1000)`])
    const sleeps = () =>
      execute('pgrep', ['-f', `sleep ${seconds}`]).then(
        ({ stdout }) => stdout !== '',
        () => false,
      )
    await waitUntil('it has started', sleeps)
    parent.kill('SIGKILL')
    await waitUntil('it has ended with its parent', async () => !(await sleeps()))
  })

  it('is one in which ffmpeg works', async () => {
    const runFfmpeg = createFfmpeg(ffmpegPath, sandbox)
    const { signal } = new AbortController()
    const wav = join(folder, 'tone.wav')
    const tone = ['-f', 'lavfi', '-i', 'sine=duration=1', wav]
    await execute(ffmpegPath, ['-v', 'error', '-y', ...tone])
    const output = join(folder, 'tone.mp3')
    const totals = await runFfmpeg({
      inputOptions: [],
      input: fileUrl(wav),
      outputOptions: ['-f', 'mp3'],
      output: fileUrl(output),
      limits: { cpuSeconds: 10, fileBytes: 1_000_000 },
      signal,
    })
    assert.equal(totals.encodedSamples, 44_100)
    assert.ok((await stat(output)).size > 5_000)
  })

  it('says what it is, and is weaker only where it may be', async () => {
    assert.deepEqual(sandbox.protections.slice(0, 2), ['namespaces', 'system call filter'])
    const bin = join(directory.path, 'bin')
    await mkdir(bin)
    for (const name of ['env', 'prlimit', 'setpriv', 'setsid'])
      await symlink(findExecutable(name), join(bin, name))
    const path = process.env['PATH']
    process.env['PATH'] = bin
    try {
      const weak = await createSandbox({ mode: 'weak', programs: [ffmpegPath], log })
      assert.deepEqual(weak.protections, ['resource limits', 'no new privileges', 'empty environment'])
      await assert.rejects(createSandbox({ mode: 'required', programs: [ffmpegPath], log }), /bubblewrap/)
      process.env['PATH'] = path
      assert.equal(await sh('ulimit -c', nothing, weak), '0')
    } finally {
      process.env['PATH'] = path
    }
  })
})
