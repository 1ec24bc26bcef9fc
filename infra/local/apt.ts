/** Installs Debian packages as root or through sudo, without letting any of them start a system service. */
import { findOnPath } from './find-on-path.ts'
import { runCommand, type CommandResult } from './run-command.ts'
import { SetUpError } from './set-up-error.ts'
import type { Steps } from './steps.ts'

/** What each missing package is for, so that the user can bring it in another way. */
export interface NeededPackage {
  readonly names: readonly string[]
  readonly instead: string
}

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
apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" || {
  apt-get update && apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
} || exit 100
for unit in rabbitmq-server.service epmd.service epmd.socket; do
  case "$was_there " in *" $unit "*) continue ;; esac
  rm -f "/etc/systemd/system/"*".wants/$unit"
  if [ -x "/etc/init.d/\${unit%.*}" ]; then update-rc.d "\${unit%.*}" disable; fi
done
exit 0
`

/** The extras come along where anything is installed at all. */
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
    const [command = '', ...args] = [...prefix, 'sh', '-c', installScript, 'sh', ...names]
    const result = await runCommand(command, args)
    if (result.code !== 0) throw unavailable(needed, `apt-get failed: ${lastLine(result)}`)
    return { value: undefined, cost: describeCost(result.stdout) }
  })
}

/** Says whether apt-get has new lists of what there is. */
export async function refreshPackageLists(): Promise<boolean> {
  const prefix = await rootPrefix()
  if (prefix === undefined) return false
  const [command, ...args] = [...prefix, 'apt-get', 'update']
  return (await runCommand(command, args)).code === 0
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
