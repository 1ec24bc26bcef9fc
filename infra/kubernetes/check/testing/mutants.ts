/** Small mistakes in the manifests of an overlay, each with the words by which the check finds it. */

export interface Mutant {
  /** `Kind name`. */
  readonly of: string
  /** A path in its spec, with `~` for a slash within a name; `C` is its first container, a last `+` adds to a list. */
  readonly at: string
  /** Undefined takes the field away. */
  readonly to: unknown
  readonly found: string
}

type Row = readonly [at: string, to: unknown, found: string]

const mutantsOf = (of: string, ...rows: readonly Row[]): Mutant[] =>
  rows.map(([at, to, found]) => ({ of, at, to, found }))

const name = 'app.kubernetes.io~name'

export const localMutants: readonly Mutant[] = [
  ...mutantsOf(
    'Deployment auth',
    ['C/readynessProbe', {}, 'readynessProbe is not known'],
    ['replicas', 'two', 'replicas'],
    ['template/spec/securityContext/runAsNonRoot', undefined, 'auth: runs as root'],
    ['template/spec/securityContext/runAsUser', 0, 'auth: runs as root'],
    ['C/securityContext/readOnlyRootFilesystem', false, 'can write its image'],
    ['C/envFrom/0/configMapRef/name', 'settings-0', 'there is no ConfigMap settings-0'],
    ['template/spec/volumes/1/secret/secretName', 'earshots', 'nobody makes a Secret earshots'],
    [`selector/matchLabels/${name}`, 'oauth', 'does not select its own pods'],
  ),
  ...mutantsOf(
    'Deployment mailer',
    ['template/spec/automountServiceAccountToken', true, 'gets a token'],
    ['template/spec/enableServiceLinks', undefined, 'gets each Service as variables'],
    ['template/spec/serviceAccountName', 'auth', 'has no service account of its own'],
    ['template/spec/serviceAccountName', 'mailed', 'there is no service account mailed'],
    ['C/startupProbe', undefined, 'has no startupProbe'],
    ['C/livenessProbe', undefined, 'has no livenessProbe'],
    ['C/readinessProbe', undefined, 'has no readinessProbe'],
    ['C/readinessProbe/httpGet/port', 'helth', 'a probe asks port helth'],
  ),
  ...mutantsOf(
    'Deployment converter',
    ['template/spec/volumes/+', { name: 'x', hostPath: { path: '/' } }, 'mounts something of its node'],
    ['template/spec/volumes/+', { name: 'x', emptyDir: {} }, 'has a volume without a size'],
    ['template/spec/terminationGracePeriodSeconds', 30, 'killed before its own grace'],
    ['C/resources/limits/memory', '2Gi', 'converter: has 2Gi of memory, and is to have 3072Mi'],
    ['C/resources/limits/cpu', '4', 'converter: may run 4 programs at once, and has memory for 2'],
    [
      'C/env/+',
      { name: 'CONCURRENCY', value: '3' },
      'converter: may run 3 programs at once, and has memory for 2',
    ],
    ['C/securityContext/privileged', true, 'has privileges'],
    ['C/securityContext/seccompProfile', { type: 'Unconfined' }, 'runs without a seccomp profile'],
    ['C/securityContext/capabilities/add', ['SYS_ADMIN'], 'has privileges'],
    ['C/securityContext/allowPrivilegeEscalation', true, 'has privileges'],
  ),
  ...mutantsOf(
    'Deployment router',
    ['C/resources/limits/memory', '8Gi', 'router: has 8Gi of memory'],
    ['C/env', undefined, 'router: has not the NODE_OPTIONS --max-old-space-size=512'],
    ['C/env', undefined, 'router: has not the MALLOC_MMAP_THRESHOLD_ 32768'],
    ['C/env/+', { name: 'VERSION', value: '1.0.0' }, 'router: says its own VERSION'],
    ['template/spec/hostNetwork', true, 'shares a namespace'],
    ['template/spec/topologySpreadConstraints', undefined, 'may stand on one node'],
    ['C/image', 'localhost:5000/earshot/router', 'has an image of no version'],
    ['C/image', 'earshot/router:latest', 'has an image of no version'],
  ),
  ...mutantsOf(
    'StatefulSet media',
    ['template/spec/securityContext/seccompProfile/type', 'Unconfined', 'has no seccomp profile'],
    ['C/resources/limits/memory', undefined, 'has no limit of memory'],
    ['C/resources/limits/cpu', undefined, 'media: may run undefined programs at once'],
    ['volumeClaimTemplates/0/metadata/name', 'upload', 'there is no volume uploads'],
  ),
  ...mutantsOf(
    'StatefulSet rabbitmq',
    ['C/resources/requests', undefined, 'asks for no resources'],
    ['template/spec/volumes/2/secret/items/0/key', 'COOKIE', 'the Secret earshot-stores has no COOKIE'],
    [
      'C/env/+',
      { name: 'X', valueFrom: { secretKeyRef: { name: 'earshot-stores', key: 'PASSWORD' } } },
      'the Secret earshot-stores has no PASSWORD',
    ],
  ),
  ...mutantsOf(
    'Service auth',
    [`selector/${name}`, 'oauth', 'Service auth: selects no pod'],
    ['ports/0/targetPort', 'https', 'auth has no port https'],
  ),
  ...mutantsOf('PodDisruptionBudget media', [
    `selector/matchLabels/${name}`,
    'medium',
    'media: has no PodDisruptionBudget',
  ]),
  ...mutantsOf('NetworkPolicy nobody', ['policyTypes', ['Egress'], 'no NetworkPolicy holds for its Ingress']),
  ...mutantsOf('NetworkPolicy to-mongodb', ['podSelector', {}, 'router > mongodb mongodb: is allowed']),
  ...mutantsOf(
    'NetworkPolicy auth',
    ['ingress/0/from', undefined, '(everybody) > auth http: is allowed'],
    ['ingress', [], 'router > auth http: is needed, and is not taken'],
  ),
  ...mutantsOf('NetworkPolicy router', ['ingress/0/ports', undefined, 'router (every port): is allowed']),
  ...mutantsOf(
    'NetworkPolicy mailer',
    [`podSelector/matchLabels/${name}`, 'mail', 'NetworkPolicy mailer: selects no pod'],
    [
      'egress/+',
      { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] },
      'mailer > (0.0.0.0/0) (every port): is allowed',
    ],
  ),
]

export const productionMutants: readonly Mutant[] = [
  ...mutantsOf('TriggerAuthentication queue', [
    'secretTargetRef/0/key',
    'RABBITMQ_URL',
    'the Secret earshot-keda has no RABBITMQ_URL',
  ]),
  ...mutantsOf(
    'ScaledObject converter',
    ['scaleTargetRef/name', 'convertor', 'there is no Deployment convertor'],
    ['triggers/0/metadata/queueName', 'conversions', 'there is no queue conversions'],
    ['triggers/0/metadata/protocol', 'amqp', 'busy converters would look idle'],
    ['triggers/0/metadata/value', '1', 'a pod for 1 messages, and a pod does 2 at once'],
    ['pollingIntervall', 5, 'pollingIntervall is not known'],
  ),
  ...mutantsOf('Deployment converter', ['replicas', 3, 'converter says its own number of replicas']),
  ...mutantsOf(
    'HorizontalPodAutoscaler media',
    ['scaleTargetRef/kind', 'Deployment', 'there is no Deployment media'],
    ['maxReplicas', 9, 'MEDIA_REPLICAS names 4 of 9'],
    ['behavior/scaleDown/selectPolicy', undefined, 'scaling down takes uploads away'],
  ),
  ...mutantsOf(
    'HTTPRoute earshot',
    ['rules/0/backendRefs/0/port', 9090, 'there is no Service router with port 9090'],
    ['rules/0/timeout', {}, 'timeout is not known'],
  ),
  ...mutantsOf('NetworkPolicy to-stores', ['egress/0/ports', undefined, '(every port): is allowed']),
]
