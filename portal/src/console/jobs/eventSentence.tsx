import type { JobEvent } from '@goodword/contracts'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { markOf } from './jobEvent.labels.ts'
import { noteSentences, sentenceOf } from './jobEvent.sentences.ts'

/** What came of an event, with its mark: the outcome in bold, then the reason and what was understood otherwise. */
export function EventSentence({ event }: { event: JobEvent }) {
  const { currency } = useConsole().me.organization
  const { tone, icon } = markOf(event)
  const { lead, rest } = sentenceOf(event, currency)
  return (
    <span class={`did ${tone}`}>
      <Icon name={icon} />
      <span>
        <b>{lead}</b> {[rest, ...noteSentences(event, currency)].filter(Boolean).join(' ')}
      </span>
    </span>
  )
}
