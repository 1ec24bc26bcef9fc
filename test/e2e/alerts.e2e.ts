/** The alerts: Prometheus understands them, they wake whom they should, and say what to do. */
import assert from 'node:assert/strict'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { stringify } from 'yaml'
import { checkout } from '#infra/local/folders.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { findKubectl } from '#infra/kubernetes/check/kubectl.ts'
import { ofKind, renderOverlay } from '#infra/kubernetes/check/manifest.ts'
import type { Rules } from '#infra/observability/rules.ts'
import { prometheusTool } from '#test/harness/prometheus.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

const testing = join(checkout, 'infra/kubernetes/check/testing')

async function promtool(...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await runCommand(prometheusTool('PROMTOOL_PATH'), args)
  assert.equal(code, 0, `${stdout}\n${stderr}`)
}

describe('the alerts', () => {
  let rules: Rules
  before(async () => {
    const manifests = await renderOverlay(await findKubectl(), join(testing, 'other-components'))
    const resources = ofKind(manifests, 'PrometheusRule').map((resource) => resource['spec'] as Rules)
    rules = { groups: resources.flatMap(({ groups }) => groups) }
  })
  const all = () => rules.groups.flatMap((group) => group.rules)

  it('are understood by Prometheus, and wake whom they should', async () => {
    await using directory = await createTemporaryDirectory()
    await writeFile(join(directory.path, 'rules.yaml'), stringify(rules))
    await promtool('check', 'rules', join(directory.path, 'rules.yaml'))
    for (const name of ['alerts.yaml', 'slow-alerts.yaml']) {
      await copyFile(join(testing, name), join(directory.path, name))
      await promtool('test', 'rules', join(directory.path, name))
    }
  })

  it('each lead to a paragraph that says what to do', async () => {
    const headings = (await readFile(join(checkout, 'docs/operating.md'), 'utf8'))
      .split('\n')
      .filter((line) => line.startsWith('#'))
      .map((line) => line.replace(/^#+ /, '').toLowerCase())
    for (const { alert, annotations } of all().filter((rule) => rule.alert !== undefined)) {
      const [, paragraph] = /^docs\/operating\.md, (.+)$/.exec(annotations?.['runbook'] ?? '') ?? []
      assert.ok(headings.includes(paragraph ?? ''), `${alert}: ${paragraph}`)
    }
  })
})
