/** What a conversion and a subscriber cost on a running system, and what a million conversions a day would need by that. */
import { join } from 'node:path'
import { setUp } from '#infra/local/machine/set-up.ts'
import { createSteps } from '#infra/local/machine/steps.ts'
import { startSystem, type System } from '#infra/local/system/system.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'
import * as user from '#test/harness/api-user.ts'
import { liftedAccountLimits, liftedMediaLimits, liftedRouterLimits } from '#test/harness/lifted-limits.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { measureConversions, type ConversionCosts } from './cost-of-conversions.ts'
import { measureSubscribers } from './cost-of-subscribers.ts'
import { restingCpu, type Pids } from './cpu-of.ts'
import { costOf } from './extrapolate.ts'
import { makeVideo } from './make-video.ts'
import { rounded, type Bench } from './measurement.ts'
import { extrapolate, reportConversion, reportSubscriber, type Costs } from './report-scale.ts'

const restSeconds = 15
const conversions = 3
const subscribers = 300
export const scaleBench: Bench = async (add, { minutes = [1, 10] }) => {
  const machine = await setUp({ env: process.env, steps: createSteps(process.stderr) })
  await using folder = await createTemporaryDirectory()
  const directory = folder.path
  const serviceEnv = { auth: liftedAccountLimits, media: liftedMediaLimits, router: liftedRouterLimits }
  await using system = await startSystem({
    directory,
    machine,
    serviceEnv,
    supervise: false,
    portOffset: 3_000,
  })
  await using mongo = connectMongo(system.deployment.mongodbUrl)
  const { database } = mongo
  const pids = pidsOf(system)
  const someone = await registerVerifiedUser(system.publicUrl, system.inbox!)
  const videos = await Promise.all(
    minutes.map((length) => makeVideo(machine, join(directory, `${length}.mp4`), length * 60)),
  )
  // The first of a process is dearer than all that follow.
  await user.convertFile(someone, videos[0]!)
  const resting = await restingCpu(pids, restSeconds)
  for (const [name, cores] of resting)
    add({ case: 'at rest', metric: name, value: rounded(cores), unit: 'cores' })

  const measured: (ConversionCosts & { readonly minutes: number })[] = []
  for (const [index, length] of minutes.entries()) {
    const video = videos[index]!
    const costs = await measureConversions({ someone, database, pids, resting, video, count: conversions })
    measured.push({ minutes: length, ...costs })
  }
  const costs = costsOf(measured, pids)
  reportConversion(add, costs)

  await system.services.get('converter')!.stop()
  const upload = await user.uploadFile(someone, videos[0]!)
  const { id: conversionId } = await user.startConversion(someone, upload.id)
  const watching = {
    someone,
    conversionId,
    pids: pidsOf(system),
    resting,
    count: subscribers,
    seconds: restSeconds * 2,
  }
  const subscriber = await measureSubscribers(watching)
  reportSubscriber(add, subscriber)
  extrapolate(add, costs, subscriber)
}

function pidsOf({ services, mongo, broker }: System): Pids {
  const own = [...services].flatMap(([name, { pid }]) => (pid === undefined ? [] : [[name, pid] as const]))
  const stores = Object.entries({ mongo: mongo?.pid, rabbitmq: broker?.pid })
  return new Map([
    ...own,
    ...stores.flatMap(([name, pid]) => (pid === undefined ? [] : [[name, pid] as const])),
  ])
}

function costsOf(measured: readonly (ConversionCosts & { readonly minutes: number })[], pids: Pids): Costs {
  const through = (value: (of: ConversionCosts) => number) =>
    costOf(measured.map((each) => ({ minutes: each.minutes, cost: value(each) })))
  return {
    cpu: new Map([...pids.keys()].map((name) => [name, through((of) => of.cpuSeconds.get(name)!)])),
    written: new Map(
      [...measured[0]!.diskBytes.keys()].map((name) => [name, through((of) => of.diskBytes.get(name)!)]),
    ),
    kept: through((of) => of.mp3Bytes + of.documentBytes),
  }
}
