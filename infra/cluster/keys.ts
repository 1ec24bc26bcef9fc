/** The keys and certificates by which the parts of the cluster know each other. They are worth nothing outside it. */
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addresses, places } from './places.ts'
import { runOrThrow } from './run-or-throw.ts'

const file = (name: string) => join(places.keys, name)
const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

interface Certificate {
  readonly name: string
  readonly subject: string
  readonly authority?: 'ca' | 'front-proxy-ca'
  readonly names?: readonly string[]
}

const apiNames = [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
]

const certificates: readonly Certificate[] = [
  {
    name: 'apiserver',
    subject: '/CN=kube-apiserver',
    names: [
      ...apiNames.map((name) => `DNS:${name}`),
      ...[addresses.api, addresses.node, '127.0.0.1'].map((address) => `IP:${address}`),
    ],
  },
  {
    name: 'kubelet',
    subject: '/O=system:nodes/CN=system:node:node',
    names: ['DNS:node', `IP:${addresses.node}`],
  },
  { name: 'apiserver-kubelet', subject: '/O=system:masters/CN=apiserver-kubelet' },
  { name: 'front-proxy', subject: '/CN=front-proxy', authority: 'front-proxy-ca' },
  { name: 'controller-manager', subject: '/CN=system:kube-controller-manager' },
  { name: 'scheduler', subject: '/CN=system:kube-scheduler' },
  { name: 'proxy', subject: '/CN=system:kube-proxy' },
  // Of whatever is asked by https in a test, at this machine or by the names that test/cluster gives to its stores.
  {
    name: 'server',
    subject: '/CN=server',
    names: ['DNS:localhost', ...['rabbitmq', 'inbox'].map((name) => `DNS:${name}.outside`)],
  },
  { name: 'admin', subject: '/O=system:masters/CN=admin' },
]

/** Makes those that are missing. */
export async function makeKeys(): Promise<void> {
  await mkdir(places.keys, { recursive: true, mode: 0o700 })
  for (const name of ['ca', 'front-proxy-ca']) await makeAuthority(name)
  for (const certificate of certificates) await makeCertificate(certificate)
  const signing = file('service-account.key')
  if (!existsSync(signing)) await runOrThrow(['openssl', 'genrsa', '-out', signing, '2048'])
}

async function makeAuthority(name: string): Promise<void> {
  if (existsSync(file(`${name}.crt`))) return
  const target = ['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)]
  await runOrThrow(['openssl', 'req', '-x509', ...curve, '-days', '365', '-subj', `/CN=${name}`, ...target])
}

async function makeCertificate({ name, subject, authority = 'ca', names }: Certificate): Promise<void> {
  if (existsSync(file(`${name}.crt`))) return
  const [request, extensions] = [file(`${name}.csr`), file(`${name}.ext`)]
  await runOrThrow([
    'openssl',
    'req',
    ...curve,
    '-subj',
    subject,
    '-keyout',
    file(`${name}.key`),
    '-out',
    request,
  ])
  const alternatives = (names ?? [`DNS:${name}`]).join(',')
  await writeFile(extensions, `subjectAltName=${alternatives}\nextendedKeyUsage=clientAuth,serverAuth\n`)
  const signer = ['-CA', file(`${authority}.crt`), '-CAkey', file(`${authority}.key`), '-CAcreateserial']
  const how = ['-days', '365', '-in', request, '-extfile', extensions, '-out', file(`${name}.crt`)]
  await runOrThrow(['openssl', 'x509', '-req', ...signer, ...how])
  await Promise.all([rm(request), rm(extensions)])
}
