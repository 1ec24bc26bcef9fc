/** Settings of this environment that work, and that nobody should have left so. */
import { mind, well, type Finding } from './finding.ts'

export interface WatchedSettings {
  readonly NODE_ENV: string
  readonly ALLOW_INSECURE: string
  readonly FFMPEG_SANDBOX?: string | undefined
  readonly PUBLIC_URL?: string | undefined
}

export function checkSettings(settings: WatchedSettings): Finding[] {
  const { NODE_ENV, ALLOW_INSECURE, FFMPEG_SANDBOX, PUBLIC_URL } = settings
  const weak: Finding[] = []
  if (ALLOW_INSECURE === '1' && NODE_ENV === 'production')
    weak.push(
      mind('ALLOW_INSECURE is 1: passwords and links may travel openly', 'bring TLS, and leave it unset'),
    )
  if (NODE_ENV === 'development' && PUBLIC_URL?.startsWith('https:'))
    weak.push(mind('NODE_ENV is development behind a public address', 'leave it unset'))
  if (FFMPEG_SANDBOX !== undefined && FFMPEG_SANDBOX !== 'required')
    weak.push(mind(`FFMPEG_SANDBOX is ${FFMPEG_SANDBOX}`, 'leave it unset where user namespaces can be had'))
  return weak.length > 0 ? weak : [well('none of those here weakens it')]
}
