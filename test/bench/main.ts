/** `npm run bench -- NAME… [--minutes N]… [--cores N]… [--json FILE]`: runs the named benches (all without a name), prints a table, asserts nothing. */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { encodeBench } from './encode.bench.ts'
import { scaleBench } from './scale.bench.ts'
import { systemBench } from './system.bench.ts'
import { formatTable, type Bench, type BenchOptions, type Measurement } from './measurement.ts'

const benches: Readonly<Record<string, Bench>> = {
  encode: encodeBench,
  scale: scaleBench,
  system: systemBench,
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    minutes: { type: 'string', multiple: true },
    cores: { type: 'string', multiple: true },
  },
})
const options: BenchOptions = {
  ...(values.minutes && { minutes: values.minutes.map(Number) }),
  ...(values.cores && { cores: values.cores.map(Number) }),
}
const names = positionals.length > 0 ? positionals : Object.keys(benches)
const unknown = names.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}

const measurements: Measurement[] = []
for (const name of names) {
  const add = (measurement: Omit<Measurement, 'bench'>) => {
    measurements.push({ bench: name, ...measurement })
    process.stderr.write(
      `  ${measurement.case}: ${measurement.metric} ${measurement.value} ${measurement.unit}\n`,
    )
  }
  process.stderr.write(`${name}\n`)
  await benches[name]!(add, options)
}
process.stdout.write(formatTable(measurements))
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 2)}\n`)
