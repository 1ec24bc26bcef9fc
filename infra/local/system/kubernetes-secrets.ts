/** What an operator brings into Kubernetes by hand: the Secrets of our own services and of the components that run stores. */
import { randomBytes } from 'node:crypto'
import { makeSecrets, makeStorePasswords } from './secrets.ts'

/** By the name of the Secret, then by its keys. */
export type KubernetesSecrets = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Passwords and the addresses that hold them are made together, so that they fit. Where the mail server is, only its owner knows.
 * @param members Of MongoDB's replica set, as components/mongodb has them.
 */
export function makeKubernetesSecrets(members: number): KubernetesSecrets {
  const { MONGODB_ROOT_PASSWORD, MONGODB_PASSWORD, RABBITMQ_PASSWORD } =
    makeStorePasswords() as StorePasswords
  const hosts = Array.from({ length: members }, (_, number) => `mongodb-${number}.mongodb-members:27017`)
  const broker = `earshot:${RABBITMQ_PASSWORD}@rabbitmq`
  return {
    earshot: {
      ...makeSecrets(),
      MONGODB_URL: `mongodb://earshot:${MONGODB_PASSWORD}@${hosts.join(',')}/earshot?replicaSet=earshot`,
      RABBITMQ_URL: `amqp://${broker}:5672`,
    },
    'earshot-stores': {
      MONGODB_ROOT_PASSWORD,
      MONGODB_PASSWORD,
      // mongod takes a key of the characters of base64 alone.
      MONGODB_KEY: randomBytes(96).toString('base64'),
      RABBITMQ_PASSWORD,
      RABBITMQ_COOKIE: randomBytes(32).toString('hex'),
    },
    // Asked from another namespace.
    'earshot-keda': { KEDA_RABBITMQ_URL: `http://${broker}.earshot.svc:15672` },
  }
}

type StorePasswords = Readonly<
  Record<'MONGODB_ROOT_PASSWORD' | 'MONGODB_PASSWORD' | 'RABBITMQ_PASSWORD', string>
>
