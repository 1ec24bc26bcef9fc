/** What ffmpeg could reach if a file took it over: the same canaries behind each kind of walls, and in the open. */
import assert from 'node:assert/strict'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { unconfined, type Sandbox } from './sandbox.ts'
import { createWalled, nothing, shellIn, type Walls } from '#runtime/ffmpeg/testing/walled.ts'

const execute = promisify(execFile)

/** Each succeeds for nobody in namespaces, or fails for another reason, where no filter is. On x86-64. */
const refusedCalls = {
  ptrace: ['101, 0, 0, 0, 0', 1],
  unshare: ['272, 0x10000000', 1],
  'clone into namespaces': ['56, 0x10000011, 0, 0, 0, 0', 1],
  'a process of its own': ['56, 17, 0, 0, 0, 0', 1],
  clone3: ['435, 0, 0', 38],
  io_uring_setup: ['425, 0, 0', 1],
  userfaultfd: ['323, 0x10000', 1],
  keyctl: ['250, 0, -3, 0', 1],
  bpf: ['321, 0, 0, 0', 1],
  perf_event_open: ['298, 0, 0, 0, 0, 0', 1],
  mount: ['165, 0, 0, 0, 0, 0', 1],
  open_by_handle_at: ['304, -1, 0, 0', 1],
  victimvm_readv: ['310, 0, 0, 0, 0, 0, 0', 1],
  setpriority: ['141, 0, 0, 0', 1],
  'limits of others': ['302, 1, 0, 0, 0', 1],
  'shared memory': ['29, 0, 4096, 0x380', 1],
  chmod: ['90, (my $path = "/tmp"), 0x1ff', 1],
  symlink: ['88, (my $to = "/etc"), (my $at = "link")', 1],
  inotify: ['294, 0', 1],
  'a socket of the machine': ['41, 1, 1, 0', 97],
  'a socket of the internet': ['41, 2, 1, 0', 97],
  'a socket of the kernel': ['41, 16, 3, 0', 97],
} as const

/** A program that runs another behind such walls for a quarter of an hour. */
const sleeper = (walls: Walls, directory: string) => `
  import { spawn } from 'node:child_process'
  import { createWalled } from '${import.meta.resolve('#runtime/ffmpeg/testing/walled.ts')}'
  const sandbox = await createWalled(${JSON.stringify(walls)}, ${JSON.stringify(directory)})
  const [command, ...args] = sandbox.confine('/bin/bash', { read: [], write: [] })
  spawn(command, [...args, '--norc', '-c', 'echo sleeps; exec sleep 900'], { stdio: 'inherit' })
  setInterval(() => {}, 1_000)`

const kinds = [
  { walls: 'namespaces', user: '65534', environment: 'PWD=/\n', killed: { code: 137 } },
  { walls: 'landlock', user: `${process.getuid?.()}`, environment: '', killed: { signal: 'SIGKILL' } },
] as const

for (const { walls, user, environment, killed } of kinds)
  describe(`ffmpeg's walls, of ${walls}`, () => {
    let directory: Awaited<ReturnType<typeof createTemporaryDirectory>>
    let sandbox: Sandbox
    let canary: string
    let source: string
    let folder: string
    let victim: ChildProcess
    before(async () => {
      directory = await createTemporaryDirectory()
      sandbox = await createWalled(walls, directory.path)
      folder = join(directory.path, 'a job')
      await mkdir(folder)
      ;[canary, source] = [join(directory.path, 'canary'), join(folder, 'source')]
      await writeFile(canary, 'sings')
      await writeFile(source, 'the source', { mode: 0o400 })
      victim = spawn(findExecutable('sleep'), ['1000'], { env: { SECRET: 'sings' } })
      await once(victim, 'spawn')
    })
    after(async () => {
      victim.kill()
      await directory[Symbol.asyncDispose]()
    })
    const sh = (script: string, access = nothing) => shellIn(sandbox, script, access)

    it('hold the files of the job and no others', async () => {
      const access = { read: [source], write: [] }
      assert.equal(await sh(`cat '${source}'`, access), 'the source')
      for (const path of [canary, source, '/etc/passwd', import.meta.filename, '/proc/self/environ'])
        await assert.rejects(sh(`cat '${path}'`), /No such file|Permission denied/, path)
      for (const path of [directory.path, '/proc', '/tmp'])
        await assert.rejects(sh(`ls '${path}'`), /No such file|Permission denied/, path)
      assert.equal(await shellIn(unconfined, `cat '${canary}'`), 'sings', 'outside it is there')
    })

    it('let the job write into its folder, and to no file it is to read', async () => {
      const access = { read: [source], write: [folder], limits: { cpuSeconds: 10, fileBytes: 1_000 } }
      await sh(`echo written > '${join(folder, 'output')}'`, access)
      assert.equal(await readFile(join(folder, 'output'), 'utf8'), 'written\n')
      await assert.rejects(sh(`echo spoilt > '${source}'`, access), /Read-only|Permission denied/)
      await assert.rejects(sh(`rm -f '${source}'`, access), /busy|Permission denied/)
      await assert.rejects(sh(`ln -s /etc/passwd '${folder}/link'`, access), /not permitted/)
      await assert.rejects(sh(`mkfifo '${folder}/pipe'`, access), /not permitted/)
      await assert.rejects(sh(`echo x > /usr/share/x`, access), /Read-only|Permission denied/)
      assert.equal(await readFile(source, 'utf8'), 'the source')
      assert.deepEqual((await readdir(folder)).toSorted(), ['output', 'source'])
    })

    it('change nothing of files that they do not open', async () => {
      const old = await stat(canary)
      for (const change of ['chmod 777', 'chown 0', 'touch', 'truncate -s 0'])
        await assert.rejects(sh(`${change} '${canary}'`), /No such file|denied|not permitted/)
      const { mode, uid, mtimeMs, size } = await stat(canary)
      assert.deepEqual([mode, uid, mtimeMs, size], [old.mode, old.uid, old.mtimeMs, old.size])
      await shellIn(unconfined, `chmod 600 '${canary}' && touch '${canary}'`)
    })

    it('have no network, not even this machine’s own', async () => {
      const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = `127.0.0.1/${(server.address() as AddressInfo).port}`
      await shellIn(unconfined, `exec 3<>/dev/tcp/${address}`)
      for (const protocol of ['tcp', 'udp'])
        await assert.rejects(sh(`exec 3<>/dev/${protocol}/${address}`), /not supported/)
      server.close()
    })

    it('keep every other process out of reach', async () => {
      const { pid } = victim
      const tries = [`cat /proc/${pid}/environ`, `readlink -e /proc/${pid}/exe`, `cd /proc/${pid}/root`]
      for (const script of [...tries, `kill -0 ${pid}`]) {
        await shellIn(unconfined, script)
        await assert.rejects(sh(script), script)
      }
      await assert.rejects(sh(`kill -9 ${pid}`), /No such process|not permitted/)
      assert.equal(victim.exitCode ?? victim.signalCode, null, 'it lives')
    })

    it('keep one job from another', async () => {
      const other = join(directory.path, 'another job')
      const limits = { cpuSeconds: 10, fileBytes: 1_000 }
      await mkdir(other)
      const [command, ...args] = sandbox.confine(findExecutable('bash'), { read: [], write: [other], limits })
      const running = spawn(command, [...args, '--norc', '-c', `echo mine > '${other}/file'; read`], {
        stdio: ['pipe', 'ignore', 'ignore'],
      })
      const file = join(other, 'file')
      await waitUntil('the other job has written', async () => {
        return (await readFile(file, 'utf8').catch(() => '')) !== ''
      })
      await assert.rejects(sh(`cat '${file}'`, { read: [], write: [folder] }), /No such|denied/)
      await assert.rejects(sh(`kill -9 ${running.pid}`), /No such process|not permitted/)
      const ended = once(running, 'exit')
      running.stdin.end('\n')
      assert.deepEqual((await ended)[1], null, 'no signal ended it')
    })

    it('know nothing of our environment and hold no right of ours', async () => {
      assert.equal(await sh('id -u'), user)
      const [command, ...args] = sandbox.confine(findExecutable('env'), nothing)
      // bubblewrap says where it is, in a place that is the sandbox's own.
      assert.equal((await execute(command, args)).stdout, environment)
      const [setpriv, ...words] = sandbox.confine(findExecutable('setpriv'), nothing)
      const { stdout } = await execute(setpriv, [...words, '--dump', '--dump'])
      assert.match(stdout, /no_new_privs: 1/)
      for (const kind of ['Effective', 'Permitted', 'Inheritable'])
        assert.match(stdout, new RegExp(`${kind} capabilities: \\[none\\]`, 'i'))
    })

    it('refuse the system calls by which others broke out', { skip: process.arch !== 'x64' }, async () => {
      for (const [name, [call, errno]] of Object.entries(refusedCalls)) {
        const script = `'${findExecutable('perl')}' -e 'print syscall(${call}) < 0 ? $! + 0 : 0'`
        assert.equal(await sh(script), `${errno}`, name)
      }
    })

    it('let it start no process', async () => {
      await assert.rejects(sh('echo here; true & wait'), /fork/)
    })

    it('end what writes or computes without end', async () => {
      const output = join(folder, 'endless')
      const limits = { cpuSeconds: 1, fileBytes: 100_000 }
      await assert.rejects(sh(`exec cat /dev/zero > '${output}'`, { read: [], write: [folder], limits }))
      assert.equal((await stat(output)).size, 100_000)
      await assert.rejects(sh('while :; do :; done', { ...nothing, limits }), killed)
      await assert.rejects(sh('dd if=/dev/zero of=/dev/null bs=1500M count=1'), /exhausted|allocate/)
      assert.equal(await sh('ulimit -c'), '0')
      assert.ok(Number(await sh('ulimit -u')) <= 4_096)
    })

    it('end with the process that started them, however that ends', async () => {
      const parent = spawn(process.execPath, ['--input-type=module', '-e', sleeper(walls, directory.path)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [said] = (await once(parent.stdout, 'data')) as [Buffer]
      assert.equal(said.toString(), 'sleeps\n')
      parent.kill('SIGKILL')
      // It holds the same pipe, which ends when nobody does.
      await once(parent.stdout, 'close')
    })
  })
