/** Tells the user what set-up does, and what it costs in time and space. */
export interface StepResult<Value> {
  readonly value: Value
  /** The cost beside the time, such as `6 MB on disk`. */
  readonly cost?: string | undefined
  /** Why the step did not succeed, where set-up goes on without it. */
  readonly failure?: string
}

export interface Steps {
  /** Runs the work, and prints a line before and after it. */
  run<Value>(title: string, work: () => Promise<StepResult<Value>>): Promise<Value>
  note(text: string): void
}

export function createSteps(output: NodeJS.WritableStream, what = 'set-up'): Steps {
  const note = (text: string) => void output.write(`${what}: ${text}\n`)
  return {
    note,
    async run(title, work) {
      note(`${title} ...`)
      const startedAt = performance.now()
      const { value, cost, failure } = await work()
      const seconds = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
      if (failure === undefined) note(`${title}: done in ${[seconds, cost].filter(Boolean).join(', ')}`)
      else note(`${title}: not available (${seconds}): ${failure}`)
      return value
    },
  }
}

export const silentSteps: Steps = {
  note: () => undefined,
  run: async (_title, work) => (await work()).value,
}
