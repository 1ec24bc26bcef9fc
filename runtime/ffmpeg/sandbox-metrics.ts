/** Tells what confines ffmpeg in a process. */
import { Gauge, type Registry } from 'prom-client'
import type { Sandbox } from './sandbox.ts'

/** The level is the strongest of its protections. */
export function tellSandbox(registry: Registry, { protections }: Pick<Sandbox, 'protections'>): void {
  new Gauge({
    name: 'earshot_ffmpeg_sandbox_info',
    help: '1, for the strongest protection that ffmpeg runs under (none: FFMPEG_SANDBOX is off)',
    labelNames: ['level'],
    registers: [registry],
  }).set({ level: protections[0] ?? 'none' }, 1)
}
