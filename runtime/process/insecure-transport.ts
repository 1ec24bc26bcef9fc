/** Passwords, tokens and links travel over TLS in production: what would send them openly is named before it starts. */
import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** What is sent to this machine itself crosses no network. */
export function isLoopback(url: string): boolean {
  const hostname = new URL(url).hostname.replace(/^\[|\]$/g, '')
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  const version = isIP(hostname)
  return version !== 0 && loopback.check(hostname, version === 6 ? 'ipv6' : 'ipv4')
}

/** Whether the URL itself says that a server without TLS, or without a certificate that fits, will do; as nodemailer reads it. */
export function waivesTls(smtpUrl: string): boolean {
  const { searchParams } = new URL(smtpUrl)
  const isOff = (value: string) => ['false', '0', ''].includes(value)
  const has = (name: string, isIt: (value: string) => boolean) => searchParams.getAll(name).some(isIt)
  return (
    ['requireTLS', 'tls.rejectUnauthorized'].some((name) => has(name, isOff)) ||
    ['ignoreTLS', 'opportunisticTLS'].some((name) => has(name, (value) => !isOff(value)))
  )
}

/** For each setting that does without TLS where it is demanded, what is wrong with it. */
export function insecureTransports(
  environment: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const { NODE_ENV = 'production', ALLOW_INSECURE, PUBLIC_URL, SMTP_URL } = environment
  if (NODE_ENV !== 'production' || ALLOW_INSECURE === '1') return {}
  const isOpen = (url: unknown, isTrue: (url: string) => boolean) =>
    typeof url === 'string' && URL.canParse(url) && !isLoopback(url) && isTrue(url)
  return {
    ...(isOpen(PUBLIC_URL, (url) => url.startsWith('http:')) && {
      PUBLIC_URL: 'must begin with https:// unless ALLOW_INSECURE is 1, since passwords and tokens go there',
    }),
    ...(isOpen(SMTP_URL, waivesTls) && {
      SMTP_URL: 'must not do without TLS unless ALLOW_INSECURE is 1, since links and tokens go there',
    }),
  }
}
