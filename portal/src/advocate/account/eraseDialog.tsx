import type { PortalHome } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { Dialog } from '../../shared/ui/dialog.tsx'
import type { AccountModel } from './account.model.ts'
import { Outcome } from './outcome.tsx'

type EraseDialogProps = { model: AccountModel; home: PortalHome; onClose: () => void; onErased: () => void }

/** Says what goes and what is lost with it; only a typed word does it. */
export function EraseDialog({ model, home, onClose, onErased }: EraseDialogProps) {
  const lost = home.available + home.held
  const submit = async (event: Event) => {
    event.preventDefault()
    if (await model.erase()) onErased()
  }
  return (
    <Dialog
      title="Erase my data"
      onClose={onClose}
      actions={
        <>
          <button class="btn lg" type="button" onClick={onClose}>
            Keep it
          </button>
          <button class="btn lg danger" type="submit" form="erase" aria-busy={model.busy.value === 'erase'}>
            {model.busy.value === 'erase' ? 'Erasing…' : 'Erase everything'}
          </button>
        </>
      }
    >
      <form id="erase" class="dbody" noValidate onSubmit={submit}>
        <p>
          Your name, addresses and messages at {home.organization.name} go for good, and your link stops working.{' '}
          {lost > 0 && <b class="strong">You give up {formatMoney(lost, home.currency)} of credit.</b>} This cannot be
          undone.
        </p>
        <div class="field lg">
          <label for="erase-word">Type ERASE to go on</label>
          <input
            id="erase-word"
            class="input"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            autofocus
            value={model.eraseWord.value}
            aria-invalid={model.refused.value?.part === 'erase' ? 'true' : undefined}
            aria-describedby="erase-says"
            onInput={(event) => {
              model.eraseWord.value = event.currentTarget.value
            }}
          />
          <Outcome model={model} part="erase" id="erase-says" done="" />
        </div>
      </form>
    </Dialog>
  )
}
