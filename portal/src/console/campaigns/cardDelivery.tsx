import { useEffect, useMemo } from 'preact/hooks'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { createResource } from '../core/resource.ts'
import { CardChoice, CardList, useCardChoices } from './cardChoice.tsx'
import type { SideDraft } from './draftSide.ts'
import type { EditorModel } from './editor.model.ts'
import { wasHint } from './parts.tsx'

const labels: Record<SideDraft['delivery'], string> = {
  hand: 'By hand',
  email: 'Tremendous, by its own email',
  link: 'Tremendous, by a link from you',
}
const hints: Record<SideDraft['delivery'], string> = {
  hand: 'You buy each card and paste its code or link. Until then it is on your list of rewards to deliver.',
  email: 'Bought when the reward is due, and sent by Tremendous.',
  link: 'Bought when the reward is due. The link is in our email and in their portal.',
}

/** Who delivers the gift cards of a side. Without a connected account, Tremendous can be chosen and says what is missing. */
export function CardDeliveryChoice({ model, side }: { model: EditorModel; side: 'friend' | 'advocate' }) {
  const { client } = useConsole()
  const account = useMemo(() => createResource((abort) => client.giftCards.get(undefined, { signal: abort })), [client])
  useEffect(() => void account.load(), [account])
  const { delivery } = model.draft.value[side]
  const isMissing = delivery !== 'hand' && account.data.value?.account === null
  const choices = useCardChoices(delivery !== 'hand')
  const isByProvider = delivery !== 'hand' && !isMissing
  return (
    <>
      <div class="line">
        <div class="field" style={{ inlineSize: '270px' }}>
          <Select
            label="Sent by"
            value={delivery}
            options={(['hand', 'link', 'email'] as const).map((value) => ({ value, label: labels[value] }))}
            hint={wasHint(
              model,
              `${side}.delivery`,
              (was) => `“${labels[was as SideDraft['delivery']] ?? was}”`,
              hints[delivery],
            )}
            onChange={(way) => model.editSide(side, { delivery: way })}
          />
          {isMissing && (
            <span class="hint late">
              Tremendous is not connected.{' '}
              <a class="link" href="/console/settings/gift-cards">
                Connect it
              </a>
            </span>
          )}
        </div>
        {isByProvider && <CardChoice model={model} side={side} choices={choices} />}
      </div>
      {isByProvider && <CardList model={model} side={side} choices={choices} />}
    </>
  )
}
