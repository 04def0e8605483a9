import type { PortalHome } from '@goodword/contracts'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { money, say } from '../words.ts'
import type { AccountModel } from './account.model.ts'
import { Outcome } from './outcome.tsx'

type EraseDialogProps = { model: AccountModel; home: PortalHome; onClose: () => void; onErased: () => void }

/** Says what is deleted and lost; requires a typed word to confirm. */
export function EraseDialog({ model, home, onClose, onErased }: EraseDialogProps) {
  const lost = home.available + home.held
  const submit = async (event: Event) => {
    event.preventDefault()
    if (await model.erase()) onErased()
  }
  return (
    <Dialog
      title={say('portal.erase.title')}
      close={say('portal.close')}
      onClose={onClose}
      actions={
        <>
          <button class="btn lg" type="button" onClick={onClose}>
            {say('portal.erase.keep')}
          </button>
          <button class="btn lg danger" type="submit" form="erase" aria-busy={model.busy.value === 'erase'}>
            {say(model.busy.value === 'erase' ? 'portal.erase.busy' : 'portal.erase.all')}
          </button>
        </>
      }
    >
      <form id="erase" class="dbody" noValidate onSubmit={submit}>
        <p>
          {say('portal.erase.what', { organization: home.organization.name })}{' '}
          {lost > 0 && <b class="strong">{say('portal.erase.lost', { amount: money(lost, home.currency) })}</b>}{' '}
          {say('portal.erase.final')}
        </p>
        <div class="field lg">
          <label for="erase-word">{say('portal.erase.type')}</label>
          <input
            id="erase-word"
            class="input"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            autofocus
            value={model.eraseWord.value}
            aria-invalid={model.failed.value?.part === 'erase' ? 'true' : undefined}
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
