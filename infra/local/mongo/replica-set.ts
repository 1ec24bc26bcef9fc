/** Makes one mongod a replica set of one: only there does a majority write wait for the journal. */
import { MongoClient, MongoServerError } from 'mongodb'
import { waitUntil } from '#runtime/process/wait-until.ts'

const notYetInitialized = 94
export const replicaSetName = 'earshot'

/** Idempotent. A server that has moved to another port is configured anew. */
export async function ensureReplicaSet(port: number, signal: AbortSignal | undefined): Promise<void> {
  const host = `127.0.0.1:${port}`
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: 10_000,
  })
  try {
    const admin = (await client.connect()).db('admin')
    const members = [{ _id: 0, host }]
    try {
      const { config } = await admin.command({ replSetGetConfig: 1 })
      if (config.members[0].host !== host) {
        await admin.command({
          replSetReconfig: { ...config, members, version: config.version + 1 },
          force: true,
        })
      }
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== notYetInitialized) throw error
      await admin.command({ replSetInitiate: { _id: replicaSetName, members } })
    }
    const isPrimary = async () => (await admin.command({ hello: 1 }))['isWritablePrimary'] === true
    await waitUntil('MongoDB has elected its primary', isPrimary, { withinMs: 30_000, signal })
  } finally {
    await client.close()
  }
}
