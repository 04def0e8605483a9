import type { Measured } from './load.ts'

/** The scale of the measurement: repetitions, parallel connections, and the businesses for the lists. */
export type Plan = {
  rounds: number
  connections: number
  /** How many referrals a business has. */
  sizes: number[]
  /** How many organizations share the largest of these sizes, measured besides; 1 for none. */
  organizations: number
  /** Where businesses are kept and used again; by default the temporary folder. */
  keep: string | undefined
  /** Only makes the businesses. */
  prepare: boolean
}

/** A measurement and a control from the same run: absolute rates vary with the machine, but their ratio hardly does. */
export type Comparison = {
  name: string
  control: string
  perSecond: number
  controlPerSecond: number
  ratio: number
  target: number
  rounds: number
  details: Record<string, number>
}

export const perSecond = (measured: Pick<Measured, 'count' | 'seconds'>) => measured.count / measured.seconds

/** The value that `share` of the values do not exceed: 0.5 is the median, 0.99 the slowest of a hundred. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
const median = (values: number[]) => quantile(values, 0.5)

/** Medians over rounds in which both sides alternate. */
export function compare(
  given: Pick<Comparison, 'name' | 'control' | 'target'> & {
    rounds: { ours: number; control: number }[]
    details?: Record<string, number>
  },
): Comparison {
  return {
    name: given.name,
    control: given.control,
    perSecond: Math.round(median(given.rounds.map((round) => round.ours))),
    controlPerSecond: Math.round(median(given.rounds.map((round) => round.control))),
    ratio: Number(median(given.rounds.map((round) => round.ours / round.control)).toFixed(3)),
    target: given.target,
    rounds: given.rounds.length,
    details: given.details ?? {},
  }
}

export function print(comparison: Comparison): void {
  const { name, control, ratio, target } = comparison
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const rate = (value: number) => `${value.toLocaleString('en-US')}/s`
  console.log(`\n${name}: ${percent(ratio)} of its control (to reach: ${percent(target)})`)
  console.log(`  ours     ${rate(comparison.perSecond).padStart(10)}`)
  console.log(`  control  ${rate(comparison.controlPerSecond).padStart(10)}  ${control}`)
  for (const [detail, value] of Object.entries(comparison.details)) console.log(`  ${detail}: ${value}`)
  console.log(JSON.stringify(comparison))
}
