/** A user with one of each thing that users have. */
import { join } from 'node:path'
import type { Inbox } from '#infra/local/system/inbox.ts'
import * as operations from '#schema/generated/operations.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'
import { newKey } from '#test/harness/api-client.ts'
import * as users from '#test/harness/api-user.ts'
import { ffmpeg } from '#test/harness/media-tools.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import type { RunningSystem } from '#test/harness/running-system.ts'

export interface Tenant {
  readonly user: users.ApiUser
  readonly sessionId: string
  /** READY, and needed by conversions. */
  readonly sourceId: string
  readonly coverId: string
  readonly rejectedId: string
  readonly uploading: { readonly id: string; readonly url: string; readonly idempotencyKey: string }
  readonly succeeded: operations.ConversionFieldsFragment
  readonly queuedId: string
  readonly queuedKey: string
  readonly cancelledId: string
  /** Of the newest conversion in the list. */
  readonly cursor: string
}

/** What the tenant alone may see carries this, besides ids. */
export type Marker = string

export interface Settled {
  readonly user: users.ApiUser
  /** To be called when the converter was stopped: what is ordered then stays as it is. */
  finish(): Promise<Tenant>
}

/** Resolves when the first conversion is done. */
export async function settle(running: RunningSystem, marker: Marker): Promise<Settled> {
  const { system, directory } = running
  const user = await registerVerifiedUser(system.publicUrl, system.inbox as Inbox)
  const video = await makeSample(directory, 'mp4-aac')
  const filename = `${marker}.mp4`
  const finished = await users.uploadFile(user, video, { filename })
  const { id } = await users.startConversion(user, finished.id)
  const updates = await users.followConversion(user.api, id)
  const source = await users.uploadFile(user, video, { filename })
  const cover = await users.uploadFile(user, await picture(directory), {
    purpose: 'COVER',
    filename: `${marker}.png`,
  })
  const rejected = await users.uploadFile(user, await makeSample(directory, 'text-named-mp4'), { filename })
  const uploadKey = newKey()
  const announced = { filename, sizeBytes: 1_000, idempotencyKey: uploadKey }
  const { createUpload } = await user.api.run(operations.CreateUploadDocument, { input: announced })
  const finish = async (): Promise<Tenant> => {
    const queuedKey = newKey()
    const order = {
      uploadId: source.id,
      idempotencyKey: queuedKey,
      output: { tags: { set: [{ key: 'title', value: marker }] } },
    }
    const { startConversion } = await user.api.run(operations.StartConversionDocument, { input: order })
    const cancelled = await users.startConversion(user, source.id)
    await user.api.run(operations.CancelConversionDocument, { input: { id: cancelled.id } })
    const { me } = await ask<{
      me: { sessions: { id: string }[]; conversions: { edges: { cursor: string }[] } }
    }>(user, '{ me { sessions { id } conversions(first: 1) { edges { cursor } } } }')
    return {
      user,
      sessionId: me.sessions[0]!.id,
      sourceId: source.id,
      coverId: cover.id,
      rejectedId: rejected.id,
      uploading: { id: createUpload.upload.id, url: createUpload.upload.url!, idempotencyKey: uploadKey },
      succeeded: updates.at(-1)!.conversion,
      queuedId: startConversion.conversion.id,
      queuedKey,
      cancelledId: cancelled.id,
      cursor: me.conversions.edges[0]!.cursor,
    }
  }
  return { user, finish }
}

async function ask<T>(user: users.ApiUser, query: string): Promise<T> {
  const { data, errors } = await user.api.ask<T>(query)
  if (!data) throw new Error(`the API refused: ${JSON.stringify(errors)}`)
  return data
}

async function picture(directory: string): Promise<string> {
  const path = join(directory, 'cover.png')
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=64x64', '-frames:v', '1', path)
  return path
}
