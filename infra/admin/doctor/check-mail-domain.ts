/** What the DNS says of the domain that mails come from: without it, many servers refuse them or call them spam. */
import { failed, mind, well, type Finding } from './finding.ts'

export interface MailDomain {
  readonly domain: string
  /** Under which DKIM's public keys are; of none it is only said that they were not looked up. */
  readonly dkimSelectors: readonly string[]
  /** As node:dns answers: the pieces of each record. */
  readonly resolveTxt: (name: string) => Promise<string[][]>
}

export const checkMailDomain = async (mail: MailDomain): Promise<Finding[]> =>
  (await Promise.all([checkSpf(mail), checkDkim(mail), checkDmarc(mail)])).flat()

/** RFC 7208: one record (4.5), which must not let everybody send. */
async function checkSpf({ domain, resolveTxt }: MailDomain): Promise<Finding[]> {
  const records = (await textsAt(domain, resolveTxt)).filter((text) => /^v=spf1( |$)/i.test(text))
  const advice = `publish a TXT record at ${domain} that names who sends for it, such as "v=spf1 include:… -all"`
  if (records.length === 0) return [failed(`SPF: ${domain} has none`, advice)]
  if (records.length > 1)
    return [failed(`SPF: ${domain} has ${records.length}, which counts as an error`, advice)]
  if (records[0]!.split(/\s+/).some((term) => /^\+?all$/i.test(term)))
    return [mind(`SPF: ${domain} lets everybody send`, 'end it with -all or ~all')]
  return [well(`SPF: ${records[0]}`)]
}

/** RFC 6376, 3.6: an empty key is one that was revoked. */
async function checkDkim({ domain, dkimSelectors, resolveTxt }: MailDomain): Promise<Finding[]> {
  if (dkimSelectors.length === 0)
    return [mind('DKIM: no key was looked up', 'name what your mail server signs with: --dkim SELECTOR')]
  return await Promise.all(
    dkimSelectors.map(async (selector) => {
      const name = `${selector}._domainkey.${domain}`
      const keys = (await textsAt(name, resolveTxt)).filter((text) => /(^|;)\s*p=/.test(text))
      const advice = 'publish the record that your mail server or provider shows you'
      if (keys.length === 0) return failed(`DKIM: there is no key at ${name}`, advice)
      const isRevoked = keys.every((text) => /(^|;)\s*p=\s*(;|$)/.test(text))
      return isRevoked
        ? failed(`DKIM: the key at ${name} was revoked`, advice)
        : well(`DKIM: there is a key at ${name}`)
    }),
  )
}

/** RFC 7489, 6.6.3: of the domain, else of the one that it belongs to (here: the one above, down to two labels). */
async function checkDmarc({ domain, resolveTxt }: MailDomain): Promise<Finding[]> {
  const labels = domain.split('.')
  for (let at = 0; at <= labels.length - 2; at += 1) {
    const name = `_dmarc.${labels.slice(at).join('.')}`
    const [record] = (await textsAt(name, resolveTxt)).filter((text) => /^v=DMARC1\s*;/i.test(text))
    if (record === undefined) continue
    return /;\s*p=none\b/i.test(record)
      ? [
          mind(
            `DMARC: ${name} asks for nothing (p=none)`,
            'set p=quarantine once its reports show no mail of yours failing',
          ),
        ]
      : [well(`DMARC: ${record}`)]
  }
  return [
    failed(
      `DMARC: ${domain} has none`,
      `publish a TXT record at _dmarc.${domain}, such as "v=DMARC1; p=none; rua=mailto:…"`,
    ),
  ]
}

const nothingThere = ['ENOTFOUND', 'ENODATA']

/** @throws what keeps the DNS from answering. */
async function textsAt(name: string, resolveTxt: MailDomain['resolveTxt']): Promise<string[]> {
  try {
    return (await resolveTxt(name)).map((pieces) => pieces.join(''))
  } catch (error) {
    if (error instanceof Error && 'code' in error && nothingThere.includes(String(error.code))) return []
    throw error
  }
}
