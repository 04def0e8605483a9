import type { AuditGroup } from '@goodword/contracts'
import type { Services } from '../../../shared/context.ts'

/** The label of an entry. An action that no module writes anymore is labeled by its name: "Referral cheered for". */
export function auditLabels({ modules }: Pick<Services, 'modules'>) {
  const known = new Map(modules.flatMap(({ auditWords }) => Object.entries(auditWords?.actions ?? {})))
  const label = (action: string): string => {
    const words = known.get(action)
    if (words === undefined) return action.replace(/[._]/g, ' ').replace(/^./, (first) => first.toUpperCase())
    return typeof words === 'string' ? words : words.label
  }
  /** The label on the page of its subject; null if it has none there. */
  const onSubject = (action: string): string | null => {
    const words = known.get(action)
    return typeof words === 'object' ? words.onSubject : null
  }
  return { label, onSubject }
}

/** The groups for filtering entries, sorted by label. */
export const auditGroups = ({ modules }: Pick<Services, 'modules'>): AuditGroup[] =>
  modules
    .flatMap(({ auditWords }) => Object.entries(auditWords?.groups ?? {}))
    .map(([group, label]) => ({ group, label }))
    .sort((one, other) => (one.label < other.label ? -1 : 1))
