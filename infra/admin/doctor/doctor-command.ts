/** `earshot admin doctor`: looks at everything that Earshot stands on, and says of each finding what to do. */
import { Resolver } from 'node:dns/promises'
import type { Command } from 'commander'
import { readSettings } from '#runtime/process/settings.ts'
import { OperatorError } from '#infra/admin/operator-error.ts'
import { jsonText, row, type Output } from '#infra/admin/terminal-text.ts'
import { doctorSettings } from './doctor-settings.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'

interface Options {
  readonly metrics?: string[]
  readonly mail?: string
  readonly dkim?: string[]
  readonly dns?: string
  readonly json?: boolean
}

const headings = { well: '', mind: 'MIND: ', failed: 'failed: ' }

export function addDoctorCommand(program: Command, env: NodeJS.ProcessEnv, output: Output): void {
  program
    .command('doctor')
    .description('look at everything Earshot stands on, and say what to do; fails when a check does')
    .option('--metrics <urls...>', 'where processes tell their metrics; else METRICS_URLS')
    .option('--mail <address>', 'send a test mail there')
    .option('--dkim <selectors...>', 'what the mail server signs with (s1 and s2 with SendGrid)')
    .option('--dns <server>', 'ask this DNS server, as 1.1.1.1 or 127.0.0.1:5353')
    .option('--json', 'the findings as JSON')
    .action(async ({ metrics, mail, dkim, dns, json }: Options) => {
      const settings = readSettings(doctorSettings, { PUBLIC_URL: env['EARSHOT_URL'], ...env })
      const resolver = new Resolver({ timeout: 3_000, tries: 2 })
      if (dns !== undefined) resolver.setServers([dns])
      const findings = await examine(settings, {
        metricsUrls: metrics ?? env['METRICS_URLS']?.split(' ').filter(Boolean) ?? [],
        mailTo: mail,
        dkimSelectors: dkim ?? (settings.SENDGRID_API_KEY === undefined ? [] : ['s1', 's2']),
        resolveTxt: (name) => resolver.resolveTxt(name),
      })
      output.write(
        json
          ? `${jsonText(findings, 2)}\n`
          : findings.map(([name, finding]) => lineOf(name, finding)).join(''),
      )
      if (findings.some(([, { state }]) => state === 'failed'))
        throw new OperatorError('At least one check has failed: see above.')
    })
}

const lineOf = (name: string, { state, text, advice }: Finding): string =>
  `${row(name, `${headings[state]}${text}${advice === undefined ? '' : `; ${advice}`}`)}\n`
