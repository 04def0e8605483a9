import { Icon } from '../../shared/ui/icon.tsx'
import type { AccountModel, Part } from './account.model.ts'

/** Shows next to a setting whether it was saved, and if not, why. */
export function Outcome({ model, part, done, id }: { model: AccountModel; part: Part; done: string; id?: string }) {
  const failed = model.failed.value?.part === part ? model.failed.value.why : null
  return (
    <p class={failed ? 'outcome bad' : 'outcome'} role={failed ? 'alert' : 'status'} id={id}>
      {failed && <Icon name="alert" />}
      {failed ?? (model.saved.value === part ? done : '')}
    </p>
  )
}
