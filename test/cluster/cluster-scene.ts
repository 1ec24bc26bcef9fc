/** A client that orders conversions of the Earshot on the cluster, whatever happens to its pods, and a judge of what came of it. */
import assert from 'node:assert/strict'
import { MongoClient, type Db } from 'mongodb'
import * as operations from '#schema/generated/operations.ts'
import { judge } from '#test/faults/oracle.ts'
import { convert, upload, type Order } from '#test/faults/patient-client.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'
import { createApiClient } from '#test/harness/api-client.ts'
import { testPassword, type ApiUser } from '#test/harness/api-user.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { makeTone } from '#test/harness/tone.ts'
import { clusterInbox, serviceAddress } from './cluster-addresses.ts'
import { local, untilAnswered, type Installation } from './installation.ts'

export interface ClusterScene extends AsyncDisposable {
  readonly directory: string
  readonly user: ApiUser
  /** Paths of two files: one of seconds, one of minutes. */
  readonly short: string
  readonly lengthy: string
  /** Resolves when the order is accepted. */
  order(path: string): Promise<void>
  /** Uploads everything first, and then orders it at once. */
  orderAtOnce(paths: readonly string[]): Promise<void>
  /**
   * Waits until everything that was ordered is finished, and checks every promise: none lost, doubled or left over, all succeeded.
   * @param blameless Whether none may count a failure, or a crash of its converter.
   */
  assertAllSucceeded(blameless?: boolean): Promise<void>
}

export async function startClusterScene(installation: Installation = local): Promise<ClusterScene> {
  await using started = new AsyncDisposableStack()
  const { path: directory } = started.use(await createTemporaryDirectory())
  started.use(await installation.open())
  await untilAnswered(installation)
  const inbox = await clusterInbox(installation.storesNamespace)
  const user = await registerVerifiedUser(installation.publicUrl, inbox)
  // The token that came with the account says that its address is not proven yet, for which there is less room.
  user.api.token = await freshToken(user, installation)
  const foreignBlobs = await inDatabase(installation, blobIds)
  const ending = new AbortController()
  started.defer(() => ending.abort(new Error('the scene is over')))
  const orders: (Order & { readonly name: string })[] = []
  let ordered = 0
  const [short, lengthy] = [await makeSample(directory, 'mp4-aac'), await makeTone(directory, { minutes: 3 })]
  const owned = started.move()
  const bring = async (path: string) => {
    const name = `job-${String(++ordered).padStart(4, '0')}`
    return { name, uploadId: await upload(user, path, `${name}.mp4`, ending.signal) }
  }
  const place = async ({ name, uploadId }: Awaited<ReturnType<typeof bring>>) => {
    orders.push({ ...(await convert(user, uploadId, ending.signal)), name })
  }
  return {
    directory,
    user,
    short,
    lengthy,
    order: async (path) => await place(await bring(path)),
    async orderAtOnce(paths) {
      const brought = await Promise.all(paths.map(bring))
      await Promise.all(brought.map(place))
    },
    async assertAllSucceeded(blameless = true) {
      const host = await serviceAddress('rabbitmq', installation.storesNamespace)
      const rabbit = {
        amqpUrl: 'amqp://rabbitmq',
        managementUrl: `http://earshot:only-for-tests@${host}:15672`,
      }
      const rest = { user, inbox, directory, rabbit, foreignBlobs, orders, strikes: [] }
      const { complaints, documents } = await inDatabase(installation, (database) =>
        judge({ ...rest, database }),
      )
      assert.deepEqual(complaints, [])
      assert.deepEqual([orders.length, documents.length], [ordered, ordered])
      for (const { status, crashes, failures } of documents) {
        assert.equal(status, 'SUCCEEDED')
        if (blameless) assert.deepEqual([crashes, failures], [0, 0])
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function freshToken({ email }: ApiUser, { publicUrl }: Installation): Promise<string> {
  const input = { email, password: testPassword }
  const { signIn } = await createApiClient(publicUrl).run(operations.SignInDocument, { input })
  return signIn.session!.accessToken
}

/** Connects anew each time: a pod that was killed comes back with another address. */
export async function inDatabase<Result>(
  installation: Installation,
  work: (database: Db) => Promise<Result>,
): Promise<Result> {
  const host = await installation.mongodbHost()
  await using client = new MongoClient(`mongodb://${host}:27017/?directConnection=true`)
  return await work(client.db('earshot'))
}

async function blobIds(database: Db): Promise<string[]> {
  const files = await database.collection<{ _id: string }>('fs.files').find().toArray()
  return files.map(({ _id }) => _id)
}
