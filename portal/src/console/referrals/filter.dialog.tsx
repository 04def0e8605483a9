import type { Member } from '@goodword/contracts'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { AdvocatePicker } from './advocatePicker.tsx'
import { createAdvocateSearch } from './advocateSearch.ts'
import { type ListFilter, noFilter } from './listQuery.ts'

/** All filters in one place; nothing changes until "Show". */
export function FilterDialog({
  filter,
  advocateName,
  members,
  onClose,
  onShow,
}: {
  filter: ListFilter
  /** The name for `advocateId`, when it is known. */
  advocateName: string | null
  members: readonly Member[]
  onClose: () => void
  onShow: (filter: Omit<ListFilter, 'q' | 'campaignId'>) => void
}) {
  const { client } = useConsole()
  const draft = useSignal(filter)
  const search = useMemo(() => {
    const made = createAdvocateSearch({ client })
    made.text.value = advocateName ?? ''
    return made
  }, [client, advocateName])
  const set = (patch: Partial<ListFilter>) => {
    draft.value = { ...draft.value, ...patch }
  }
  const untouched = search.chosen.value === null && search.text.value === (advocateName ?? '')
  const show = () => {
    const { q: _q, campaignId: _campaign, ...rest } = draft.value
    onShow({ ...rest, advocateId: untouched ? filter.advocateId : (search.chosen.value?.id ?? null) })
  }
  const clear = () => {
    draft.value = { ...noFilter, q: filter.q, campaignId: filter.campaignId }
    search.clear()
  }
  return (
    <Dialog
      title="Filter referrals"
      onClose={onClose}
      actions={
        <>
          <Button onClick={clear}>Clear</Button>
          <Button type="submit" form="filter-referrals" look="primary">
            Show
          </Button>
        </>
      }
    >
      <form
        id="filter-referrals"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          show()
        }}
      >
        <AdvocatePicker search={search} label="Advocate" optional autofocus nothingHint="Try part of the name." />
        <div class="two">
          <TextField
            label="Submitted from"
            type="date"
            value={draft.value.from ?? ''}
            onInput={(day) => set({ from: day || null })}
          />
          <TextField
            label="Until"
            type="date"
            value={draft.value.to ?? ''}
            onInput={(day) => set({ to: day || null })}
          />
        </div>
        <Select
          label="Assigned to"
          value={draft.value.assigneeId ?? ''}
          options={[
            { value: '', label: 'Anyone' },
            { value: 'none', label: 'Unassigned' },
            ...members.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => set({ assigneeId: id || null })}
        />
        <Check title="Flagged only" checked={draft.value.flagged} onChange={(flagged) => set({ flagged })}>
          Referrals with a flag that nobody has cleared.
        </Check>
        <Check
          title="Without an advocate"
          checked={draft.value.unattributed}
          onChange={(unattributed) => set({ unattributed })}
        >
          Nobody has chosen the advocate yet.
        </Check>
      </form>
    </Dialog>
  )
}
