import { maskName } from '@goodword/domain'

const nobody = maskName('')

/** A friend's name as their advocate sees it: "Priya S."; null if there is no name to show. */
export function maskedName(name: string): string | null {
  const masked = maskName(name)
  return masked === nobody ? null : masked
}
