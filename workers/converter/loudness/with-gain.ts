/** A recipe with the filters that bring the audio to its loudness. */
import type { Recipe } from '#converter/plan/recipe.ts'
import type { GainPlan } from './gain-plan.ts'
import { loudnessFilters } from './loudness-filters.ts'

/** @param plan Null where no loudness is asked for. */
export function withGain(recipe: Recipe, plan: GainPlan | null): Recipe {
  if (plan === null) return recipe
  const filters = loudnessFilters(plan, recipe.sampleRateHz)
  return { ...recipe, gain: filters.length === 0 ? null : { filters, hasMemory: plan.limiter !== null } }
}
