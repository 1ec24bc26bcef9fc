/** Works out to whom an e-mail goes and what it says, from the conversion and the user as they are now. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { isMailed, type MailedConversion } from '#ledger/conversion-mail.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { downloadUrl, signLinkToken } from '#runtime/tokens/link-token.ts'
import { failedMail } from '#mailer/content/failed-mail.ts'
import type { MailContent } from '#mailer/content/mail-content.ts'
import { resetMail } from '#mailer/content/reset-mail.ts'
import { succeededMail } from '#mailer/content/succeeded-mail.ts'
import { verificationMail } from '#mailer/content/verification-mail.ts'
import type { Recipients } from './recipients.ts'

export type WrittenMail =
  | {
      readonly type: 'ready'
      readonly to: string
      /** Whether the account has proven the address. */
      readonly isProven: boolean
      readonly content: MailContent
      /** When the conversion ended that it is about, by the clock of who ended it. */
      readonly settledAt: Date | null
    }
  /** The address is not verified yet. */
  | { readonly type: 'hold' }
  /** There is nothing to say any more: the conversion or the user is gone, or the address is verified already. */
  | { readonly type: 'withdraw' }

export type WriteMail = (mail: MailDocument, requestId: string | undefined) => Promise<WrittenMail>

export interface WriteMailDependencies {
  readonly conversions: Pick<Ledger, 'read' | 'markLinksGiven'>
  readonly recipients: Recipients
  readonly publicUrl: string
  readonly linkKeys: RotatingKeys
}

const linkLifetimeMs = 7 * 24 * 60 * 60 * 1000
const withdraw: WrittenMail = { type: 'withdraw' }

/** @throws Error when auth or the database cannot be asked. */
export function createWriteMail({
  conversions,
  recipients,
  publicUrl,
  linkKeys,
}: WriteMailDependencies): WriteMail {
  const verification = async (mail: MailDocument, requestId: string | undefined): Promise<WrittenMail> => {
    const recipient = await recipients.askWithToken(mail.userId, requestId)
    if (recipient === null || recipient.emailVerified) return withdraw
    // After the #, where no server on the way and no log sees it.
    const url = `${publicUrl}/verify-email#token=${encodeURIComponent(recipient.emailVerificationToken)}`
    const content = verificationMail({ url, askedAt: mail.createdAt })
    return { type: 'ready', to: recipient.email, isProven: false, content, settledAt: null }
  }

  const reset = async (mail: MailDocument, requestId: string | undefined): Promise<WrittenMail> => {
    const recipient = await recipients.askWithReset(mail.userId, requestId)
    if (recipient === null) return withdraw
    const { email: to, emailVerified, passwordResetToken } = recipient
    const url = `${publicUrl}/reset-password#token=${encodeURIComponent(passwordResetToken)}`
    const content = resetMail({ url, askedAt: mail.createdAt, emailVerified })
    return { type: 'ready', to, isProven: emailVerified, content, settledAt: null }
  }

  const outcome = async (mail: MailDocument, requestId: string | undefined): Promise<WrittenMail> => {
    const conversion = mail.conversionId === null ? null : await conversions.read(mail.conversionId)
    if (!isMailed(conversion)) return withdraw
    const recipient = await recipients.ask(mail.userId, requestId)
    if (recipient === null) return withdraw
    if (!recipient.emailVerified) return { type: 'hold' }
    if (conversion.status === 'SUCCEEDED' && !conversion.linksGiven)
      await conversions.markLinksGiven(conversion._id, conversion.linkGeneration)
    return {
      type: 'ready',
      to: recipient.email,
      isProven: true,
      content: await outcomeContent(conversion, publicUrl, linkKeys),
      settledAt: conversion.finishedAt,
    }
  }

  return (mail, requestId) => {
    if (mail.kind === 'emailVerification') return verification(mail, requestId)
    return (mail.kind === 'passwordReset' ? reset : outcome)(mail, requestId)
  }
}

async function outcomeContent(
  conversion: MailedConversion,
  publicUrl: string,
  linkKeys: RotatingKeys,
): Promise<MailContent> {
  const { _id: conversionId, source, linkGeneration } = conversion
  if (conversion.status === 'FAILED')
    return failedMail({ filename: source.filename, conversionId, failure: conversion.failure })
  const linksExpireAt = new Date(Date.now() + linkLifetimeMs)
  const linked = conversion.mp3s.map(async (mp3) => {
    const token = await signLinkToken(
      { conversionId, mp3Id: mp3.id, linkGeneration },
      linksExpireAt,
      linkKeys,
    )
    return { mp3, url: downloadUrl(publicUrl, token) }
  })
  const { warnings } = conversion
  return succeededMail({
    filename: source.filename,
    mp3s: await Promise.all(linked),
    warnings,
    linksExpireAt,
  })
}
