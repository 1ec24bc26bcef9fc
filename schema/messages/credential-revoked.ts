/** A session ended before its access tokens do: who has heard of it takes none of them. */
import * as z from 'zod'

export const credentialRevokedSchema = z.object({ sessionId: z.string().min(1) })
