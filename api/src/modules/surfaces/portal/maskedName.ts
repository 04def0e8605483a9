import { maskName } from '@goodword/domain'

const nobody = maskName('')

/** A friend as their advocate may read them: "Priya S."; null where there is no name to show. */
export function maskedName(name: string): string | null {
  const masked = maskName(name)
  return masked === nobody ? null : masked
}
