/** Installs Debian packages as root or through sudo, without letting any of them start a system service. */
import { findOnPath } from '#runtime/process/find-executable.ts'
import { runCommand, type CommandResult } from './run-command.ts'
import { SetUpError } from './set-up-error.ts'
import type { Steps } from './steps.ts'

/** Packages that are missing, and what the user can do instead of installing them. */
export interface NeededPackage {
  readonly names: readonly string[]
  readonly instead: string
}

/** A mirror that takes connections and then says nothing must not hold set-up up; apt's own patience is 120 s, again and again. */
const aptBounds = [
  ...['-o', 'Acquire::http::Timeout=30', '-o', 'Acquire::https::Timeout=30'],
  ...['-o', 'Acquire::Retries=2'],
]

/** By coreutils' timeout, which ends what apt-get has started as well; SIGKILL for what does not heed SIGTERM. */
const atMost = (minutes: number): string[] => ['timeout', '--kill-after=30', `${minutes}m`]

/**
 * invoke-rc.d and deb-systemd-invoke ask /usr/sbin/policy-rc.d before they start a service; 101 forbids it. It says so
 * for the time of the installation only. Services that came with it are also kept from starting at the next boot.
 */
const installScript = `
policy=/usr/sbin/policy-rc.d
kept=$policy.before-earshot
restore() {
  rm -f "$policy"
  if [ -e "$kept" ]; then mv "$kept" "$policy"; fi
}
trap restore EXIT
trap 'exit 1' HUP INT TERM
if [ -e "$policy" ] && [ ! -e "$kept" ]; then mv "$policy" "$kept"; fi
printf '#!/bin/sh\\nexit 101\\n' > "$policy"
chmod 755 "$policy"
for unit in rabbitmq-server.service epmd.service epmd.socket; do
  if [ -e "/lib/systemd/system/$unit" ]; then was_there="$was_there $unit"; fi
done
export DEBIAN_FRONTEND=noninteractive
bounds='${aptBounds.join(' ')}'
install="apt-get install -y --no-install-recommends $bounds -o DPkg::Lock::Timeout=120"
$install "$@" || { apt-get update $bounds && $install "$@"; } || exit 100
for unit in rabbitmq-server.service epmd.service epmd.socket; do
  case "$was_there " in *" $unit "*) continue ;; esac
  rm -f "/etc/systemd/system/"*".wants/$unit"
  if [ -x "/etc/init.d/\${unit%.*}" ]; then update-rc.d "\${unit%.*}" disable; fi
done
exit 0
`

/** @param extras Packages that are welcome and not needed: installed in the same run. */
export async function installPackages(
  needed: readonly NeededPackage[],
  steps: Steps,
  extras: readonly string[] = [],
): Promise<void> {
  const names = [...needed.flatMap((entry) => entry.names), ...extras]
  const prefix = await rootPrefix()
  if (findOnPath('apt-get') === undefined) throw unavailable(needed, 'there is no apt-get on this machine')
  if (prefix === undefined) throw unavailable(needed, 'you are not root and sudo is not available')
  await steps.run(`${names.join(', ')}, by apt-get`, async () => {
    const [command = '', ...args] = [...prefix, ...atMost(15), 'sh', '-c', installScript, 'sh', ...names]
    const result = await runCommand(command, args)
    if (result.code !== 0) throw unavailable(needed, `apt-get failed: ${lastLine(result)}`)
    return { value: undefined, cost: describeCost(result.stdout) }
  })
}

/** Says whether apt-get has new lists of what there is. */
export async function refreshPackageLists(): Promise<boolean> {
  const prefix = await rootPrefix()
  if (prefix === undefined) return false
  const [command = '', ...args] = [...prefix, ...atMost(5), 'apt-get', 'update', ...aptBounds]
  return (await runCommand(command, args)).code === 0
}

/** Fetches a package's archive into the folder, and installs nothing. */
export async function downloadPackage(name: string, folder: string): Promise<CommandResult> {
  const [command, ...args] = [...atMost(5), 'apt-get', 'download', ...aptBounds, name]
  return await runCommand(command, args, { cwd: folder })
}

/** The words that go before a command to run it as root; undefined when that is impossible. */
export async function rootPrefix(): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return []
  if ((await runCommand('sudo', ['-n', 'true'])).code === 0) return ['sudo', '-n']
  // Asks for the password on the terminal itself, not on standard input.
  if (process.stdin.isTTY && (await runCommand('sudo', ['-v'])).code === 0) return ['sudo', '-n']
  return undefined
}

function unavailable(needed: readonly NeededPackage[], reason: string): SetUpError {
  const names = needed.flatMap((entry) => entry.names)
  const ways = needed.map((entry) => `  ${entry.names.join(' and ')}: ${entry.instead}`)
  return new SetUpError(
    `${names.join(', ')} must be installed, but ${reason}.\n` +
      `Install them (Debian, Ubuntu: sudo apt-get install --no-install-recommends ${names.join(' ')}), or:\n${ways.join('\n')}`,
  )
}

function lastLine({ stdout, stderr }: CommandResult): string {
  const lines = (stderr.trim() || stdout.trim()).split('\n')
  return lines.findLast((line) => line.startsWith('E:')) ?? lines.at(-1) ?? 'no message'
}

/** apt-get announces what it fetches and what it adds on disk. */
function describeCost(output: string): string | undefined {
  const fetched = /Need to get (?:[\d.,]+ ?[kMG]?B\/)?([\d.,]+ ?[kMG]?B)/.exec(output)?.[1]
  const onDisk = /After this operation, ([\d.,]+ ?[kMG]?B) of additional/.exec(output)?.[1]
  return fetched === undefined || onDisk === undefined ? undefined : `${fetched} fetched, ${onDisk} on disk`
}
