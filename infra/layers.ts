/** The layers of the house, and what each may import: the only statement of it. The linter's rules follow from here. */

export interface Layer {
  /** Its folder, from the root. `#name/` in package.json stands for it. */
  readonly folder: string
  /** The layers that it may import besides itself; its tests may import `test` too. */
  readonly imports: readonly string[]
}

const services: Readonly<Record<string, Layer>> = {
  schema: { folder: 'schema', imports: [] },
  runtime: { folder: 'runtime', imports: ['schema'] },
  ledger: { folder: 'ledger', imports: ['schema', 'runtime'] },
  auth: { folder: 'subgraphs/auth', imports: ['schema', 'runtime'] },
  media: { folder: 'subgraphs/media', imports: ['schema', 'runtime', 'ledger'] },
  router: { folder: 'router', imports: ['schema', 'runtime'] },
  converter: { folder: 'workers/converter', imports: ['schema', 'runtime', 'ledger'] },
  mailer: { folder: 'workers/mailer', imports: ['schema', 'runtime', 'ledger'] },
  cli: { folder: 'clients/cli', imports: ['schema'] },
  // The mailer: the doctor sends a test mail as it does.
  infra: { folder: 'infra', imports: ['schema', 'runtime', 'ledger', 'mailer'] },
}

/** Tests may import everything. */
export const layers: Readonly<Record<string, Layer>> = {
  ...services,
  test: { folder: 'test', imports: Object.keys(services) },
}
