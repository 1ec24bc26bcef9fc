/** Every check of the doctor, in the order in which they are told. */
import type { Db } from 'mongodb'
import { createMailTransport } from '#mailer/transport/create-mail-transport.ts'
import { sandboxModeOf } from '#runtime/ffmpeg/ffmpeg-settings.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { readMetrics, type ProcessStatus } from '#infra/admin/read-metrics.ts'
import { readDeadLetters, readQueue } from '#infra/admin/read-status.ts'
import { checkClock, httpClock, type Clock } from './check-clocks.ts'
import { checkMailDomain, type MailDomain } from './check-mail-domain.ts'
import { checkDisks, checkReadiness, checkVersions } from './check-processes.ts'
import { checkPublicUrl } from './check-public-url.ts'
import { checkAge, checkDeadLetters } from './check-queues.ts'
import { checkFfmpeg, checkSandboxes } from './check-sandbox.ts'
import { checkSettings } from './check-settings.ts'
import { checkBroker, checkDatabase } from './check-stores.ts'
import { checkTestMail } from './check-test-mail.ts'
import type { DoctorSettings } from './doctor-settings.ts'
import { failed, messageOf, mind, type Finding } from './finding.ts'

export interface Asked {
  readonly metricsUrls: readonly string[]
  /** Gets a test mail. */
  readonly mailTo: string | undefined
  readonly dkimSelectors: readonly string[]
  readonly resolveTxt: MailDomain['resolveTxt']
}

/** What is looked at, and what was found. */
export type Examined = readonly (readonly [string, Finding])[]

type Check = () => Promise<Finding | readonly Finding[]> | Finding | readonly Finding[]

export async function examine(settings: DoctorSettings, asked: Asked): Promise<Examined> {
  const processes = await readMetrics(asked.metricsUrls)
  await using mongo = connectMongo(settings.MONGODB_URL)
  const database = await checkDatabase(mongo.database, settings.MONGODB_URL)
  const ofDatabase = (check: Check): Check => (database.state === 'well' ? check : () => [])
  const checks: Readonly<Record<string, Check>> = {
    settings: () => checkSettings(settings),
    processes: () => checkProcesses(processes),
    versions: () => checkVersions(processes),
    ffmpeg: () => checkLocalFfmpeg(settings, processes),
    sandbox: () => checkSandboxes(processes),
    broker: () => checkBroker(settings.RABBITMQ_URL),
    database: () => database,
    clock: ofDatabase(() => checkClocks(mongo.database, asked.metricsUrls)),
    disk: () => checkDisks(processes),
    queue: ofDatabase(async () => checkAge((await readQueue(mongo.database)).oldest, new Date())),
    'set aside': async () => checkDeadLetters(await readDeadLetters(settings.RABBITMQ_URL)),
    mail: () => checkMail(settings, asked),
    public: () => checkAddress(settings),
  }
  const examined = Object.entries(checks).map(async ([name, check]) => {
    const found = await Promise.resolve()
      .then(check)
      .catch((error: unknown) => failed(`it could not be looked at: ${messageOf(error)}`, 'see why'))
    return [found].flat().map((finding) => [name, finding] as const)
  })
  return (await Promise.all(examined)).flat()
}

const checkProcesses = async (processes: readonly ProcessStatus[]) =>
  processes.length > 0
    ? await Promise.all(processes.map(checkReadiness))
    : mind('none was asked', 'name where they tell their metrics: --metrics URL...')

/** An image of this program alone has no ffmpeg, and needs none where others tell of theirs. */
function checkLocalFfmpeg(settings: DoctorSettings, processes: readonly ProcessStatus[]) {
  const { FFMPEG_PATH, FFPROBE_PATH } = settings
  const isNeeded = processes.every(({ sandbox }) => sandbox === null)
  return checkFfmpeg([FFMPEG_PATH, FFPROBE_PATH], sandboxModeOf(settings), isNeeded)
}

function checkClocks(database: Db, metricsUrls: readonly string[]): Promise<Finding[]> {
  const ofDatabase: Clock = {
    name: 'the database',
    async read() {
      const admin = database.admin()
      // Servers of the time before `hello`, and their likes, know it by its older name.
      const { localTime } = await admin.command({ hello: 1 }).catch(() => admin.command({ isMaster: 1 }))
      if (!(localTime instanceof Date)) throw new Error('it tells no time')
      return { at: localTime, withinMs: 0 }
    },
  }
  const clocks = [ofDatabase, ...metricsUrls.map((url) => httpClock(`the process at ${url}`, url))]
  return Promise.all(clocks.map((clock) => checkClock(clock)))
}

const checkAddress = ({ PUBLIC_URL }: DoctorSettings) =>
  PUBLIC_URL === undefined
    ? mind('PUBLIC_URL is not set here', 'set it, to have it looked at as clients see it')
    : checkPublicUrl(PUBLIC_URL)

async function checkMail(settings: DoctorSettings, asked: Asked): Promise<Finding[]> {
  const { MAIL_FROM, SMTP_URL, SENDGRID_API_KEY, NODE_ENV } = settings
  if (MAIL_FROM === undefined) {
    const advice = 'set it, and SMTP_URL or SENDGRID_API_KEY, as the mailer has them'
    return NODE_ENV === 'development' ? [] : [mind('MAIL_FROM is not set here', advice)]
  }
  const domain = MAIL_FROM.address.split('@').at(-1)!
  const found = await checkMailDomain({ domain, ...asked })
  if (asked.mailTo === undefined) return found
  if (SMTP_URL === undefined && SENDGRID_API_KEY === undefined)
    return [...found, failed('there is no way to send a test mail', 'set SMTP_URL or SENDGRID_API_KEY')]
  return [...found, await checkTestMail(createMailTransport(settings), MAIL_FROM, asked.mailTo)]
}
