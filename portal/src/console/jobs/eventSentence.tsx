import type { JobEvent } from '@goodword/contracts'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { useCampaignNames } from './campaignNames.ts'
import { effectSentence, inOrder, markOfEffect } from './effects.sentences.ts'
import type { Sentence } from './eventFacts.ts'
import { markOf } from './jobEvent.labels.ts'
import { isToldByEffects, noteSentences, sentenceOf } from './jobEvent.sentences.ts'

const heldBack: Sentence = { lead: 'Held back.', rest: 'Nobody is asked because of this job.' }

/** What came of an event and what followed from it, the most important first. */
export function useSentences(event: JobEvent): Sentence[] {
  const { me, now } = useConsole()
  const { currency, timeZone } = me.organization
  const campaignName = useCampaignNames()
  const saying = { currency, timeZone, now: Math.max(now.value, Date.parse(event.receivedAt)), campaignName }
  const isHeld = event.job?.dontAsk ?? false
  const effects = inOrder(event.effects).map((effect) =>
    isHeld && effect.reason === 'ask_scheduled' ? heldBack : effectSentence(effect, event.contact, saying),
  )
  const own = sentenceOf(event, currency)
  return isToldByEffects(event) ? effects : [own, ...effects]
}

/** What came of an event, with its mark: the outcome in bold, then the reason and what was understood otherwise. */
export function EventSentence({ event }: { event: JobEvent }) {
  const { currency } = useConsole().me.organization
  const sentences = useSentences(event)
  const effectMark =
    isToldByEffects(event) && event.tab !== 'needs_you' ? markOfEffect(inOrder(event.effects)[0]) : null
  const { tone, icon } = effectMark ?? markOf(event)
  return (
    <span class={`did ${tone}`}>
      <Icon name={icon} />
      <span>
        {sentences.map(({ lead, rest }, at) => (
          <span key={`${at}`}>
            <b>{lead}</b> {rest ?? ''}{' '}
          </span>
        ))}
        {noteSentences(event, currency).join(' ')}
      </span>
    </span>
  )
}
