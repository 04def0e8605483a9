import type { PortalAccount } from '@goodword/contracts'
import { showPhone } from '../../shared/phone.ts'
import { Icon } from '../../shared/ui/icon.tsx'
import type { AccountModel } from './account.model.ts'
import { Outcome } from './outcome.tsx'

/** Where the business writes to. A new address counts once the link sent to it was opened here. */
export function Addresses({ model, account }: { model: AccountModel; account: PortalAccount }) {
  const wrong = model.refused.value?.part === 'address'
  const submit = (event: Event) => {
    event.preventDefault()
    void model.addAddress()
  }
  const done = model.sentTo.value
    ? `A link is on its way to ${model.sentTo.value}. Open it on this device.`
    : 'Removed.'
  return (
    <section class="sec">
      <h2>Where we reach you</h2>
      <ul class="addresses">
        {account.addresses.map(({ id, kind, value, current }) => (
          <li key={id}>
            <Icon name={kind === 'email' ? 'mail' : 'phone'} />
            <span>
              <b>{kind === 'email' ? value : showPhone(value)}</b>
              {current && <small>You are signed in with it</small>}
            </span>
            {!current && account.addresses.length > 1 && (
              <button
                class="btn quiet"
                type="button"
                aria-label={`Remove ${kind === 'email' ? value : showPhone(value)}`}
                onClick={() => model.removeAddress(id)}
              >
                Remove
              </button>
            )}
          </li>
        ))}
      </ul>
      <form class="line" noValidate onSubmit={submit}>
        <div class="field lg">
          <label for="new-address">Another email or phone</label>
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
          Add
        </button>
      </form>
      <Outcome model={model} part="address" id="new-address-says" done={done} />
    </section>
  )
}
