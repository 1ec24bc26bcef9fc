/** Compares the mails that arrived, and what is recorded of them, with the conversions that owe them. */
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { patienceMs, tooLate, type Aftermath, type Complain } from './aftermath.ts'

export const finalMailStates = ['SENT', 'REFUSED', 'UNCONFIRMED', 'BOUNCED']

/** Each conversion has one mail, or a recorded reason why there is none; never two. @returns how many mails arrived. */
export async function checkMails(
  { user, inbox, database, orders }: Aftermath,
  documents: readonly ConversionDocument[],
  complain: Complain,
): Promise<number> {
  const owed = documents.filter((document) => document.status !== 'CANCELLED').map(({ _id }) => _id)
  const records = () =>
    database
      .collection('mails')
      .find({ conversionId: { $in: owed } })
      .toArray()
  const allFinal = async () => {
    const mails = await records()
    return (
      mails.length >= owed.length && mails.every((mail) => finalMailStates.includes(String(mail['state'])))
    )
  }
  await waitUntil('every mail is in its final state', allFinal, { withinMs: patienceMs }).catch(tooLate)
  const arrived = (await inbox.mailsTo(user.email)).map(({ subject }) => subject)
  const kept = await records()
  for (const { id, name } of orders.filter((order) => owed.includes(order.id))) {
    const states = kept.filter((mail) => mail['conversionId'] === id).map((mail) => String(mail['state']))
    const mails = arrived.filter((subject) => subject.includes(name)).length
    if (mails > 1 || states.length > 1)
      complain('doubled', `${mails} mails for ${name} (${states.join(', ')})`)
    if (states.length === 0 || !finalMailStates.includes(states[0]!))
      complain('lost', `the mail for ${name} is ${states[0] ?? 'not even owed'}`)
    if (mails === 0 && states[0] === 'SENT')
      complain('lost', `the mail for ${name} is SENT and did not arrive`)
  }
  return orders.reduce((sum, { name }) => sum + arrived.filter((subject) => subject.includes(name)).length, 0)
}
