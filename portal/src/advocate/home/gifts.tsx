import type { PortalHome } from '@goodword/contracts'
import { say } from '../words.ts'
import { CardLine } from './cardLine.tsx'
import { CodeLine } from './codeLine.tsx'

/** Rewards other than credit that the advocate got as a friend. */
export function Gifts({ home }: { home: PortalHome }) {
  if (home.gifts.length === 0) return null
  return (
    <section class="sec">
      <div class="hd">
        <h2>{say('portal.gifts')}</h2>
      </div>
      <ul class="gifts">
        {home.gifts.map((gift, place) => (
          <li key={`${place} ${gift.text}`}>
            <b>{gift.text}</b>
            {!gift.card?.emailed && <small>{gift.whenText}</small>}
            {gift.code && <CodeLine code={gift.code} />}
            {gift.card && <CardLine card={gift.card} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
