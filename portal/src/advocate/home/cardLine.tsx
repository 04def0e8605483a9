import type { PortalCard } from '@goodword/contracts'
import { Icon } from '../../shared/ui/icon.tsx'
import { say } from '../words.ts'
import { CodeLine } from './codeLine.tsx'

/** How to use a gift card: its link, its code, where it was emailed, or how to get to them. */
export function CardLine({ card }: { card: PortalCard }) {
  if (card.emailed) return <small>{card.emailed}</small>
  if (card.locked) return <small>{say('portal.giftCard.locked', { account: say('portal.account.title') })}</small>
  return (
    <>
      {card.link && (
        <a class="btn tint" href={card.link} target="_blank" rel="noreferrer">
          <Icon name="gift" />
          {say('portal.giftCard.open')}
        </a>
      )}
      {card.code && <CodeLine code={card.code} />}
    </>
  )
}
