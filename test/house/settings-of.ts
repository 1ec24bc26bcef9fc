/** The settings that a process declares. */
import type * as z from 'zod'
import type { ServiceKind } from '#infra/local/system/services.ts'

/** By the house's convention: `NAME-settings.ts`, with `NAMESettings`, at the root of the layer NAME. */
export async function settingsOf(kind: ServiceKind): Promise<z.ZodObject> {
  const module = (await import(`#${kind}/${kind}-settings.ts`)) as Record<string, z.ZodObject>
  return module[`${kind}Settings`]!
}
