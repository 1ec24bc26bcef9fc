/** Who may open a connection to whom, and nobody else: design of the whole, kept apart from the policies that it judges. */

const everywhere = [
  'router > auth http',
  'router > media http',
  'router > mailer http',
  'media > auth http',
  'media > media http',
  'mailer > auth http',
  '(earshot-gateway) > router http',
  ...['auth', 'media', 'router', 'converter', 'mailer'].flatMap((name) => [
    `(earshot-monitoring) > ${name} metrics`,
    `${name} > (earshot-telemetry) 4317`,
    `${name} > (earshot-telemetry) 4318`,
  ]),
]

const storeUsers = ['auth', 'media', 'converter', 'mailer']

const byComponent: Readonly<Record<string, readonly string[]>> = {
  mongodb: [...storeUsers, 'mongodb', 'mongodb-initiate'].map((name) => `${name} > mongodb mongodb`),
  rabbitmq: [
    ...storeUsers.map((name) => `${name} > rabbitmq amqp`),
    'rabbitmq > rabbitmq epmd',
    'rabbitmq > rabbitmq nodes',
    '(earshot-keda) > rabbitmq management',
    '(earshot-monitoring) > rabbitmq metrics',
  ],
  inbox: ['mailer > inbox smtp'],
}

const world = ['(0.0.0.0/0)', '(::/0)']

/** Where a component is not there, what it does is done outside. */
const instead: Readonly<Record<string, readonly string[]>> = {
  mongodb: storeUsers.flatMap((name) => world.map((place) => `${name} > ${place} 27017`)),
  rabbitmq: storeUsers.flatMap((name) => world.map((place) => `${name} > ${place} 5671`)),
  inbox: world.flatMap((place) => ['465', '587', '443'].map((port) => `mailer > ${place} ${port}`)),
}

/** @param workloads Names of all that makes pods. */
export const expectedArrows = (workloads: readonly string[]): ReadonlySet<string> =>
  new Set([
    ...everywhere,
    ...Object.entries(byComponent).flatMap(([component, arrows]) =>
      workloads.includes(component) ? arrows : (instead[component] ?? []),
    ),
  ])

/** Names are looked up by every pod. */
export const isAboutNames = (arrow: string): boolean =>
  / > \((kubernetes\.io\/metadata\.name|169\.254\.20\.10\/32)\) (53|dns|dns-tcp)$/.test(arrow)
