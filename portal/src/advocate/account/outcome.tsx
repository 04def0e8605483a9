import { Icon } from '../../shared/ui/icon.tsx'
import type { AccountModel, Part } from './account.model.ts'

/** Says beside a setting whether it was saved, and if not, why. */
export function Outcome({ model, part, done, id }: { model: AccountModel; part: Part; done: string; id?: string }) {
  const refused = model.refused.value?.part === part ? model.refused.value.why : null
  return (
    <p class={refused ? 'outcome bad' : 'outcome'} role={refused ? 'alert' : 'status'} id={id}>
      {refused && <Icon name="alert" />}
      {refused ?? (model.saved.value === part ? done : '')}
    </p>
  )
}
