import type { PortalHome } from '@goodword/contracts'
import { Icon } from '../../shared/ui/icon.tsx'
import { type UseModel, usable } from '../credit/use.model.ts'
import { money, say } from '../words.ts'
import { heldLine } from './homeText.ts'

/** Credit that can be used now; credit on hold is a second line with its date. */
export function Balance({ home, use }: { home: PortalHome; use: UseModel }) {
  const { strong, rest } = heldLine(home)
  const figure = money(home.available, home.currency)
  const mayUse = usable(home) > 0 && home.creditUses.length > 0
  return (
    <section class="voucher solid" aria-label={say('portal.balance.title')}>
      <div class={mayUse ? 'bal usable' : 'bal'}>
        <span class="k">{say('portal.balance.title')}</span>
        <span class="v" style={{ '--letters': String(figure.length) }}>
          {figure}
        </span>
        {mayUse && (
          <button class="btn lg use" type="button" onClick={() => use.start(home)}>
            {say('portal.balance.use')}
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

/** A reward reversed after it was used becomes a debt; new credit pays it back first. */
export function Owed({ home }: { home: PortalHome }) {
  if (home.owed === 0) return null
  return (
    <p class="notice warn">
      <Icon name="undo" />
      <span>
        <b>{say('portal.balance.owe', { amount: money(home.owed, home.currency) })}</b> {say('portal.balance.oweWhy')}
      </span>
    </p>
  )
}
