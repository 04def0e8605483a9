import { showPhone } from '../../shared/phone.ts'
import { Combobox } from '../core/combobox.tsx'
import type { AdvocateSearch } from './advocateSearch.ts'

function optionHint({ chosen, text, found }: AdvocateSearch, open: boolean, nothingHint: string): string {
  if (chosen.value) return `${chosen.value.campaign.name} · code ${chosen.value.code}`
  const nothing = open && text.value.trim() !== '' && found.data.value?.items.length === 0
  return nothing ? `No advocate matches “${text.value}”. ${nothingHint}` : 'Type a name, phone or email.'
}

/** Finds one advocate. */
export function AdvocatePicker({
  search,
  label,
  error,
  optional = false,
  autofocus = false,
  nothingHint = 'Invite them first, under Advocates.',
}: {
  search: AdvocateSearch
  label: string
  error?: string | undefined
  optional?: boolean
  autofocus?: boolean
  /** What to do when there are no matches. */
  nothingHint?: string
}) {
  const items = search.found.data.value?.items ?? []
  return (
    <Combobox
      label={label}
      listLabel="Advocates"
      hint={(open) => optionHint(search, open, nothingHint)}
      error={error}
      optional={optional}
      autofocus={autofocus}
      text={search.text.value}
      isChosen={search.chosen.value !== null}
      isPending={search.pending.value}
      options={items.map((one) => ({
        key: one.id,
        name: one.name,
        detail: `${one.campaign.name} · ${showPhone(one.phone) ?? one.email ?? one.code}`,
      }))}
      onType={search.type}
      onChoose={(index) => {
        const one = items[index]
        if (one) search.choose(one)
      }}
      onOpen={() => {
        if (!search.found.data.value) void search.found.load()
      }}
    />
  )
}
