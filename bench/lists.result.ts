import type { measureDisk, measureExports, measureIdle, measureStarts } from './lists.machine.ts'
import type { ScreenResult } from './lists.measure.ts'
import type { measureLinks, measureWrites } from './lists.steady.ts'

type Measured<T extends (...given: never[]) => unknown> = Awaited<ReturnType<T>>

export type SizeResult = {
  referrals: number
  organizations: number
  screens: ScreenResult[]
  skipped: string[]
  exports?: Measured<typeof measureExports>
  links?: Measured<typeof measureLinks>
  writes?: Measured<typeof measureWrites>
  idle?: Measured<typeof measureIdle>
  starts?: Measured<typeof measureStarts>
  memoryMb: number
  disk?: ReturnType<typeof measureDisk>
}
export type ListsResult = {
  at: string
  node: string
  startEmptyMs: number
  sizes: SizeResult[]
  /** The same largest size shared by a thousand organizations: the largest of them, and the one in the middle. */
  shared: SizeResult[]
}

/** How many times the control's p99 a screen may take. */
export const targetOf = (kind: ScreenResult['kind']): number => (kind === 'home' ? 10 : kind === 'search' ? 8 : 4)

/** A line for each screen with failed requests, and for whatever could not be measured. */
export const troubleOf = ({ screens, skipped }: Pick<SizeResult, 'screens' | 'skipped'>): string[] => [
  ...screens.flatMap(({ name, failed, failure }) => (failed > 0 ? [`${name}: ${failed} failed. ${failure}`] : [])),
  ...skipped.map((line) => `skipped: ${line}`),
]
