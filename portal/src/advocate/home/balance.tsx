import type { PortalHome } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { Icon } from '../../shared/ui/icon.tsx'
import { heldLine } from './wording.ts'

/** Credit is money that can be spent now; money on hold is a second line with its date. */
export function Balance({ home }: { home: PortalHome }) {
  const { strong, rest } = heldLine(home)
  const figure = formatMoney(home.available, home.currency)
  return (
    <section class="slip solid o1" aria-label="Your credit">
      <div class="bal">
        <span class="k">Your credit</span>
        <span class="v" style={{ '--letters': String(figure.length) }}>
          {figure}
        </span>
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
