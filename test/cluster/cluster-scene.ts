/** A client that orders conversions of the Earshot on the cluster, whatever happens to its pods, and a judge of what came of it. */
import { MongoClient, type Db } from 'mongodb'
import { judge, type Verdict } from '#test/faults/oracle.ts'
import { order, type Order } from '#test/faults/patient-client.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'
import { createTcpProxy } from '#test/harness/tcp-proxy.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { clusterInbox, podAddress, serviceAddress } from './cluster-addresses.ts'
import { publicPort } from './forwarded-router.ts'

export interface ClusterScene extends AsyncDisposable {
  readonly directory: string
  /** Resolves when the order is accepted. */
  order(path: string): Promise<void>
  /** Waits until everything that was ordered is finished, and checks every promise. */
  judge(): Promise<Verdict>
}

export async function startClusterScene(): Promise<ClusterScene> {
  await using started = new AsyncDisposableStack()
  const { path: directory } = started.use(await createTemporaryDirectory())
  // The Service and not one pod of it, at the address that links have.
  started.use(await createTcpProxy(`http://${await serviceAddress('router')}`, publicPort))
  const inbox = await clusterInbox()
  const user = await registerVerifiedUser(`http://localhost:${publicPort}`, inbox)
  const foreignBlobs = await inDatabase(blobIds)
  const ending = new AbortController()
  started.defer(() => ending.abort(new Error('the scene is over')))
  const orders: (Order & { readonly name: string })[] = []
  let ordered = 0
  const owned = started.move()
  return {
    directory,
    async order(path) {
      const name = `job-${String(++ordered).padStart(4, '0')}`
      const placed = await order(user, path, `${name}.mp4`, ending.signal)
      orders.push({ ...placed, name })
    },
    async judge() {
      const managementUrl = `http://earshot:only-for-tests@${await serviceAddress('rabbitmq')}:15672`
      const rabbit = { amqpUrl: 'amqp://rabbitmq', managementUrl }
      const rest = { user, inbox, directory, rabbit, foreignBlobs, orders, strikes: [] }
      return await inDatabase((database) => judge({ ...rest, database }))
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Connects anew each time: a pod that was killed comes back with another address. */
async function inDatabase<Result>(work: (database: Db) => Promise<Result>): Promise<Result> {
  await using client = new MongoClient(
    `mongodb://${await podAddress('mongodb-0')}:27017/?directConnection=true`,
  )
  return await work(client.db('earshot'))
}

async function blobIds(database: Db): Promise<string[]> {
  const files = await database.collection<{ _id: string }>('fs.files').find().toArray()
  return files.map(({ _id }) => _id)
}
