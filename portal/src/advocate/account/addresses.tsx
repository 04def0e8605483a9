import type { PortalAccount } from '@goodword/contracts'
import { showPhone } from '../../shared/phone.ts'
import { Icon } from '../../shared/ui/icon.tsx'
import { say } from '../words.ts'
import type { AccountModel } from './account.model.ts'
import { Outcome } from './outcome.tsx'

/** The addresses the business uses. A new one counts once the link sent to it was opened here. */
export function Addresses({ model, account }: { model: AccountModel; account: PortalAccount }) {
  const wrong = model.failed.value?.part === 'address'
  const submit = (event: Event) => {
    event.preventDefault()
    void model.addAddress()
  }
  const done = model.sentTo.value
    ? say('portal.account.sentTo', { address: model.sentTo.value })
    : say('portal.account.removed')
  return (
    <section class="sec">
      <h2>{say('portal.account.addresses')}</h2>
      <ul class="addresses">
        {account.addresses.map(({ id, kind, value, current }) => (
          <li key={id}>
            <Icon name={kind === 'email' ? 'mail' : 'phone'} />
            <span>
              <b>
                <bdi dir="ltr">{kind === 'email' ? value : showPhone(value)}</bdi>
              </b>
              {current && <small>{say('portal.account.current')}</small>}
            </span>
            {!current && account.addresses.length > 1 && (
              <button
                class="btn quiet"
                type="button"
                aria-label={say('portal.account.removeOne', { address: kind === 'email' ? value : showPhone(value) })}
                onClick={() => model.removeAddress(id)}
              >
                {say('portal.account.remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <form class="line" noValidate onSubmit={submit}>
        <div class="field lg">
          <label for="new-address">{say('portal.account.another')}</label>
          <input
            id="new-address"
            class="input"
            inputMode="email"
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            maxLength={254}
            value={model.newAddress.value}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby="new-address-says"
            onInput={(event) => {
              model.newAddress.value = event.currentTarget.value
            }}
          />
        </div>
        <button class="btn lg" type="submit" aria-busy={model.busy.value === 'address'}>
          {say('portal.account.add')}
        </button>
      </form>
      <Outcome model={model} part="address" id="new-address-says" done={done} />
    </section>
  )
}
