/**
 * The registry of the processes that make up Earshot. What else there is about a process follows from its entry: how the
 * local system starts and stops it, and the secrets that are made for it; test/house checks the rest.
 */
import { join } from 'node:path'
import { compileCache } from '#infra/local/folders.ts'

export interface ServiceEntry {
  /** From the checkout's root. */
  readonly main: string
  /** Of a service that is asked for something, where it listens. */
  readonly preferredPort?: number
  /** Where each says how it is. */
  readonly preferredMetricsPort: number
  /** Services of a stage are stopped together, those of the last stage first. */
  readonly stage: 1 | 2 | 3
  /** Those of the local secrets that it gets, by the names of its settings; see secrets.ts. */
  readonly secrets: readonly string[]
  /** Settings that pass on from whoever starts the system, where they are set there. */
  readonly inherits?: readonly string[]
  /** The rest of its settings, besides those of every service. `name` is its own where there are several of a kind. */
  readonly settings: (deployment: Deployment, name: string) => Readonly<Record<string, string>>
}

/** Where a system runs, and what its services need to reach each other and the rest. */
export interface Deployment {
  /** Where each kind of service is that listens. Clients see the router's. */
  readonly origins: Readonly<Record<ListeningKind, string>>
  /** With its database name. */
  readonly mongodbUrl: string
  readonly rabbitmqUrl: string
  /** SMTP_URL or SENDGRID_API_KEY. */
  readonly mail: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  readonly ffmpegPath: string
  readonly ffprobePath: string
  /** Holds the working files of the services. */
  readonly directory: string
}

export type ListeningKind = 'auth' | 'media' | 'mailer' | 'router'
export type ServiceKind = ListeningKind | 'converter'

const stores = ({ mongodbUrl, rabbitmqUrl }: Deployment) => ({
  MONGODB_URL: mongodbUrl,
  RABBITMQ_URL: rabbitmqUrl,
})

const ffmpeg = ({ ffmpegPath, ffprobePath }: Deployment) => ({
  FFMPEG_PATH: ffmpegPath,
  FFPROBE_PATH: ffprobePath,
})

export const services: Readonly<Record<ServiceKind, ServiceEntry>> = {
  auth: {
    main: 'subgraphs/auth/main.ts',
    preferredPort: 4101,
    preferredMetricsPort: 4111,
    stage: 1,
    secrets: ['AUTH_SIGNING_KEYS', 'ROUTER_AUTH_KEY', 'MAILER_AUTH_KEY'],
    settings: stores,
  },
  media: {
    main: 'subgraphs/media/main.ts',
    preferredPort: 4102,
    preferredMetricsPort: 4112,
    stage: 1,
    secrets: ['ROUTER_MEDIA_KEY', 'LINK_KEYS', 'UPLOAD_KEYS'],
    inherits: ['UPLOAD_MAX_BYTES', 'TRIAL_AUDIO_MINUTES_A_DAY', 'TRIAL_UPLOADED_BYTES_A_DAY'],
    settings: (deployment, name) => ({
      ...stores(deployment),
      ...ffmpeg(deployment),
      AUTH_URL: deployment.origins.auth,
      UPLOAD_DIRECTORY: join(deployment.directory, 'uploads', name),
      // On one's own machine nobody is a stranger: as much as an account has, a week of audio.
      TRIAL_AUDIO_MINUTES_A_DAY: '10080',
      TRIAL_UPLOADED_BYTES_A_DAY: String(200 * 1024 ** 3),
    }),
  },
  converter: {
    main: 'workers/converter/main.ts',
    preferredMetricsPort: 4113,
    stage: 2,
    secrets: [],
    inherits: ['CONCURRENCY'],
    settings: (deployment, name) => ({
      ...stores(deployment),
      ...ffmpeg(deployment),
      WORK_DIRECTORY: join(deployment.directory, 'work', name),
    }),
  },
  mailer: {
    main: 'workers/mailer/main.ts',
    preferredPort: 4104,
    preferredMetricsPort: 4114,
    stage: 2,
    secrets: ['MAILER_AUTH_KEY', 'LINK_KEYS'],
    inherits: ['MAIL_FROM'],
    settings: (deployment) => ({
      ...stores(deployment),
      ...deployment.mail,
      AUTH_URL: deployment.origins.auth,
      MAIL_FROM: 'Earshot <noreply@earshot.local>',
    }),
  },
  router: {
    main: 'router/main.ts',
    preferredPort: 4000,
    preferredMetricsPort: 4010,
    stage: 3,
    secrets: ['ROUTER_AUTH_KEY', 'ROUTER_MEDIA_KEY'],
    settings: ({ origins }) => ({
      AUTH_URL: origins.auth,
      MEDIA_URL: origins.media,
      MAILER_URL: origins.mailer,
    }),
  },
}

export const serviceKinds = Object.keys(services) as ServiceKind[]
export const listeningKinds: readonly ListeningKind[] = ['auth', 'media', 'mailer', 'router']

/** What passes from the caller to every service; all else is theirs by name. */
const inheritedByAll = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'LOG_LEVEL',
  'NODE_EXTRA_CA_CERTS',
  'HTTPS_PROXY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
]

/** The whole environment of a service, but for its ports. */
export function serviceEnvironment(
  kind: ServiceKind,
  name: string,
  deployment: Deployment,
): NodeJS.ProcessEnv {
  const { secrets, inherits = [], settings } = services[kind]
  return {
    ...pick(process.env, inheritedByAll),
    NODE_ENV: 'development',
    LOG_FORMAT: 'json',
    PUBLIC_URL: deployment.origins.router,
    NODE_COMPILE_CACHE: compileCache,
    ...settings(deployment, name),
    ...pick(deployment.secrets, secrets),
    ...pick(process.env, inherits),
  }
}

function pick(from: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])))
}
