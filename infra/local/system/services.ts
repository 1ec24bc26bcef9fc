/** Which processes make up Earshot, and the settings each of them gets. */
import { join } from 'node:path'
import { compileCache } from '#infra/local/folders.ts'

export type ServiceKind = 'auth' | 'media' | 'converter' | 'mailer' | 'router'

export interface Surroundings {
  readonly publicUrl: string
  readonly authUrl: string
  readonly mediaUrl: string
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

export const mainFiles: Readonly<Record<ServiceKind, string>> = {
  auth: 'subgraphs/auth/main.ts',
  media: 'subgraphs/media/main.ts',
  converter: 'workers/converter/main.ts',
  mailer: 'workers/mailer/main.ts',
  router: 'router/main.ts',
}

/** What passes from the caller to every service; all else is theirs by name below. */
const inherited = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'LOG_LEVEL', 'NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY']

export function serviceEnvironment(kind: ServiceKind, name: string, around: Surroundings): NodeJS.ProcessEnv {
  const common = {
    ...pick(process.env, inherited),
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    LOG_FORMAT: 'json',
    PUBLIC_URL: around.publicUrl,
    NODE_COMPILE_CACHE: compileCache,
  }
  const stores = { MONGODB_URL: around.mongodbUrl, RABBITMQ_URL: around.rabbitmqUrl }
  const ffmpeg = { FFMPEG_PATH: around.ffmpegPath, FFPROBE_PATH: around.ffprobePath }
  const own: Record<ServiceKind, NodeJS.ProcessEnv> = {
    auth: { ...stores, ...pick(around.secrets, ['AUTH_SIGNING_KEYS', 'ROUTER_AUTH_KEY', 'MAILER_AUTH_KEY']) },
    media: {
      ...stores,
      ...ffmpeg,
      ...pick(around.secrets, ['ROUTER_MEDIA_KEY', 'LINK_KEYS']),
      ...pick(process.env, ['UPLOAD_MAX_BYTES']),
      AUTH_URL: around.authUrl,
      UPLOAD_DIRECTORY: join(around.directory, 'uploads', name),
    },
    converter: {
      ...stores,
      ...ffmpeg,
      ...pick(process.env, ['CONCURRENCY']),
      WORK_DIRECTORY: join(around.directory, 'work', name),
    },
    mailer: {
      ...stores,
      ...around.mail,
      ...pick(around.secrets, ['MAILER_AUTH_KEY', 'LINK_KEYS']),
      AUTH_URL: around.authUrl,
      MAIL_FROM: process.env['MAIL_FROM'] ?? 'Earshot <noreply@earshot.local>',
    },
    router: {
      ...pick(around.secrets, ['ROUTER_AUTH_KEY', 'ROUTER_MEDIA_KEY']),
      AUTH_URL: around.authUrl,
      MEDIA_URL: around.mediaUrl,
    },
  }
  return { ...common, ...own[kind] }
}

function pick(from: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])))
}
