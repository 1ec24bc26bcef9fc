/** E-mails as they begin. Each has an id that derives from what it is about, so that an event that comes twice adds none. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { currentTraceparent } from '#runtime/tracing/trace-context.ts'
import { conversionMailId, conversionMailKind, type MailedConversion } from '#ledger/conversion-mail.ts'

type Identity = Pick<MailDocument, '_id' | 'kind' | 'userId' | 'conversionId'>

const pending = (
  identity: Identity,
  createdAt: Date,
  traceparent: string | null = currentTraceparent(),
): MailDocument => ({
  ...identity,
  traceparent,
  state: 'PENDING',
  messageId: null,
  reason: null,
  tries: 0,
  resends: 0,
  createdAt,
  sentAt: null,
})

export function conversionMail(conversion: MailedConversion, createdAt: Date): MailDocument {
  const kind = conversionMailKind(conversion.status)
  const _id = conversionMailId(conversion._id, conversion.status)
  const identity: Identity = { _id, kind, userId: conversion.ownerId, conversionId: conversion._id }
  return pending(identity, createdAt, conversion.traceparent)
}

export function requestedVerificationMail(eventId: string, userId: string, createdAt: Date): MailDocument {
  return pending(
    { _id: `${eventId}:emailVerification`, kind: 'emailVerification', userId, conversionId: null },
    createdAt,
  )
}

export function passwordResetMail(eventId: string, userId: string, createdAt: Date): MailDocument {
  return pending(
    { _id: `${eventId}:passwordReset`, kind: 'passwordReset', userId, conversionId: null },
    createdAt,
  )
}

/** The reminder to verify that a held mail about a conversion brings along. */
export function reminderMail(conversionId: string, userId: string, createdAt: Date): MailDocument {
  return pending(
    { _id: `${conversionId}:emailVerification`, kind: 'emailVerification', userId, conversionId },
    createdAt,
  )
}
