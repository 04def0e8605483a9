import type { PortalHome } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { Icon } from '../../shared/ui/icon.tsx'
import { type UseModel, usable } from '../credit/use.model.ts'
import { heldLine } from './wording.ts'

/** Credit is money that can be spent now; money on hold is a second line with its date. */
export function Balance({ home, use }: { home: PortalHome; use: UseModel }) {
  const { strong, rest } = heldLine(home)
  const figure = formatMoney(home.available, home.currency)
  const mayUse = usable(home) > 0 && home.creditUses.length > 0
  return (
    <section class="slip solid" aria-label="Your credit">
      <div class={mayUse ? 'bal usable' : 'bal'}>
        <span class="k">Your credit</span>
        <span class="v" style={{ '--letters': String(figure.length) }}>
          {figure}
        </span>
        {mayUse && (
          <button class="btn lg use" type="button" onClick={() => use.start(home)}>
            Use it
          </button>
        )}
      </div>
      <div class="stub">
        <Icon name={strong ? 'calendar-clock' : 'gift'} />
        <span>
          {strong && <b>{strong}</b>} {rest}
        </span>
      </div>
    </section>
  )
}

/** A reward that was taken back after it was used is owed; new credit pays it first. */
export function Owed({ home }: { home: PortalHome }) {
  if (home.owed === 0) return null
  return (
    <p class="notice warn">
      <Icon name="undo" />
      <span>
        <b>You owe {formatMoney(home.owed, home.currency)} back.</b> A reward was taken back after it was used. Your
        next rewards pay it first.
      </span>
    </p>
  )
}
