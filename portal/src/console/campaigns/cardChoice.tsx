import type { GiftCardChoices } from '@goodword/contracts'
import { useSignal } from '@preact/signals'
import { useEffect, useId, useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { AfterDelay } from '../../shared/ui/skeleton.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { createResource, type Resource } from '../core/resource.ts'
import type { EditorModel } from './editor.model.ts'
import { wasHint } from './parts.tsx'

type Props = { model: EditorModel; side: 'friend' | 'advocate'; choices: Resource<GiftCardChoices> }
type Card = { id: string; name: string }

/** The cards of the account's campaign at the provider, loaded once it is the provider that delivers. */
export function useCardChoices(isByProvider: boolean): Resource<GiftCardChoices> {
  const { client } = useConsole()
  const choices = useMemo(
    () => createResource<GiftCardChoices>((abort) => client.giftCards.choices(undefined, { signal: abort })),
    [client],
  )
  useEffect(() => {
    if (isByProvider && choices.data.value === null) void choices.load()
  }, [isByProvider, choices])
  return choices
}

const countOf = (count: number) => (count === 1 ? '1 card' : `${count} cards`)
const anyOf = (count: number | undefined) => (!count ? 'Any card' : `Any of ${countOf(count)}`)

/** Whether a person may choose any card of the account's campaign, or only some. */
export function CardChoice({ model, side, choices }: Props) {
  const { choose, cards: chosen } = model.draft.value[side]
  const cards = choices.data.value?.cards
  if (cards === null) return null
  if (!cards && !choices.failure.value) {
    return (
      <div class="field card-choice">
        <span class="label">They may choose</span>
        <AfterDelay>
          <span class="hint" role="status">
            Loading the cards…
          </span>
        </AfterDelay>
      </div>
    )
  }
  const options = [
    { value: 'any', label: anyOf(cards?.length) },
    { value: 'some', label: choose === 'some' && chosen.length > 0 ? `Only ${countOf(chosen.length)}` : 'Only some' },
  ] as const
  const none = cards?.length === 0 ? 'Your campaign in Tremendous offers no cards. Add some there.' : undefined
  return (
    <Select
      label="They may choose"
      width="200px"
      value={choose}
      options={options}
      hint={wasHint(model, `${side}.choose`, (was) => (was === 'any' ? '“Any card”' : '“Only some”'), none)}
      onChange={(value) => model.editSide(side, { choose: value })}
    />
  )
}

/** The cards to choose from, while only some are given, or why they did not load. */
export function CardList({ model, side, choices }: Props) {
  const { choose, cards: chosen } = model.draft.value[side]
  const failure = choices.failure.value
  if (failure) {
    return (
      <p class="hint late line" role="alert">
        {loadFailureText(failure)}
        <Button size="sm" icon="retry" busy={choices.loading.value} onClick={() => void choices.load()}>
          Try again
        </Button>
      </p>
    )
  }
  const offered = choices.data.value?.cards
  if (choose === 'any' || !offered) return null
  const known = new Set(offered.map(({ id }) => id))
  const gone = chosen.filter((id) => !known.has(id)).map((id) => ({ id, name: id }))
  const error = model.sending.errors.value[`${side}.cards`]
  const toggle = (id: string, isOn: boolean) =>
    model.editSide(side, { cards: isOn ? [...chosen, id] : chosen.filter((one) => one !== id) })
  return <Checks cards={offered} gone={gone} chosen={chosen} error={error} onToggle={toggle} />
}

const searchedFrom = 20

function Checks({
  cards,
  gone,
  chosen,
  error,
  onToggle,
}: {
  cards: Card[]
  gone: Card[]
  chosen: string[]
  error: string | undefined
  onToggle: (id: string, isOn: boolean) => void
}) {
  const typed = useSignal('')
  const id = useId()
  const wanted = typed.value.trim().toLowerCase()
  const shown = cards.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <fieldset class="field card-choices" aria-describedby={error ? id : undefined}>
      <legend class="sr-only">Cards they may choose</legend>
      {cards.length >= searchedFrom && (
        <TextField
          label="Find a card"
          value={typed.value}
          width="min(300px, 100%)"
          onInput={(text) => {
            typed.value = text
          }}
        />
      )}
      <div class="scroll">
        {gone.map((card) => (
          <Check key={card.id} checked title={card.name} onChange={(isOn) => onToggle(card.id, isOn)}>
            No longer in your campaign in Tremendous
          </Check>
        ))}
        {shown.map((card) => (
          <Check
            key={card.id}
            checked={chosen.includes(card.id)}
            title={card.name}
            onChange={(isOn) => onToggle(card.id, isOn)}
          />
        ))}
        {shown.length === 0 && <p class="muted small">No card has this name.</p>}
      </div>
      {error && (
        <span class="err" id={id} aria-invalid="true" tabIndex={-1}>
          <Icon name="alert" />
          {error}
        </span>
      )}
    </fieldset>
  )
}
