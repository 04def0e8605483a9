import type { ContactDetail, MergePreview } from '@goodword/contracts'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { showPhone } from '../../shared/phone.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { createMerge, describeMoves, type MergeModel } from './merge.model.ts'

function ChooseStep({ model }: { model: MergeModel }) {
  const { data, failure } = model.found
  const rows = data.value ?? []
  return (
    <div class="form">
      <TextField
        label="Who is the same person?"
        placeholder="Name, phone, email"
        value={model.search.value}
        autofocus
        onInput={model.type}
      />
      {failure.value && <Notice tone="bad">{loadFailureText(failure.value)}</Notice>}
      <ul class="choices" aria-label="Contacts found" aria-busy={model.found.loading.value}>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => model.choose(row.id)}>
              <Avatar name={row.name} />
              <span>
                <b>{row.name}</b>
                <small>{[row.email, showPhone(row.phone)].filter(Boolean).join(', ') || 'No contact details'}</small>
              </span>
              <Icon name="chevron-right" />
            </button>
          </li>
        ))}
      </ul>
      {data.value && rows.length === 0 && (
        <p class="muted">{model.search.value ? 'No other contact matches.' : 'Type to find the other contact.'}</p>
      )}
    </div>
  )
}

function Addresses({ preview, model }: { preview: MergePreview; model: MergeModel }) {
  const open = preview.addresses.filter(({ unvouched }) => unvouched)
  const unverified = open.filter(({ falls }) => falls)
  return (
    <>
      <ul class="ticks">
        {preview.addresses
          .filter(({ falls, unvouched }) => !falls && !unvouched)
          .map(({ id, value, kind }) => (
            <li key={id}>
              <Icon name="check" /> {kind === 'phone' ? showPhone(value) : value}
            </li>
          ))}
      </ul>
      {open.map(({ id, value, kind, falls }) => (
        <Check
          key={id}
          checked={model.confirm.value.includes(id)}
          title={kind === 'phone' ? showPhone(value) : value}
          onChange={() => model.toggle(id)}
        >
          {falls
            ? 'Typed in a form and not confirmed: it is left out unless you confirm it.'
            : 'Typed in a form and not confirmed. Select it if you know it’s theirs.'}
        </Check>
      ))}
      {unverified.length > 0 && open.length === preview.addresses.length && (
        <p class="muted small">None of these are confirmed, so only those of the kept contact stay.</p>
      )}
    </>
  )
}

/** Distinguishes contacts of the same name. */
const firstAddress = ({ addresses }: MergePreview, of: 'kept' | 'other') => {
  const first = addresses.find((one) => one.of === of)
  return first?.kind === 'phone' ? showPhone(first.value) : first?.value
}

function ReviewStep({ preview, model }: { preview: MergePreview; model: MergeModel }) {
  const moves = describeMoves(preview)
  const top = useRef<HTMLDivElement>(null)
  // Choosing removed the focused row, so move focus here.
  useEffect(() => {
    if (!top.current?.closest('dialog')?.contains(document.activeElement)) top.current?.focus()
  }, [])
  return (
    <div class="form merge" ref={top} tabIndex={-1} aria-busy={model.preview.loading.value}>
      {preview.refusal && <Notice tone="warn">{preview.refusal}</Notice>}
      {model.sending.failure.value && <Notice tone="bad">{model.sending.failure.value.sentence}</Notice>}
      <dl class="rows">
        <div>
          <dt>Kept</dt>
          <dd>
            <b>{preview.kept.name}</b>
            <small>{firstAddress(preview, 'kept')}</small>
          </dd>
        </div>
        <div>
          <dt>Merged into it</dt>
          <dd>
            {preview.other.name}
            <small>{firstAddress(preview, 'other')}</small>
          </dd>
        </div>
      </dl>
      <div>
        <Button size="sm" icon="arrow-up-down" onClick={model.swap}>
          Keep {preview.other.name === preview.kept.name ? 'the other one' : preview.other.name} instead
        </Button>
      </div>
      <section aria-label="Addresses">
        <h3>Addresses</h3>
        <Addresses preview={preview} model={model} />
      </section>
      <section aria-label="What moves">
        <h3>What moves</h3>
        {moves.length === 0 ? (
          <p class="muted">Only the addresses.</p>
        ) : (
          <ul class="ticks">
            {moves.map((words) => (
              <li key={words}>
                <Icon name="arrow-right" /> {words}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

/** Merges two contacts after showing what moves. */
export function MergeDialog({
  contact,
  otherId,
  onClose,
  onMerged,
}: {
  contact: { id: string; name: string }
  otherId: string | null
  onClose: () => void
  onMerged: (merged: ContactDetail) => void
}) {
  const { client } = useConsole()
  const model = useMemo(() => createMerge({ client, id: contact.id, otherId }), [client, contact.id, otherId])
  useEffect(() => {
    model.begin()
    return model.leave
  }, [model])
  const preview = model.preview.data.value
  const choosing = model.other.value === null
  const failure = model.preview.failure.value
  const merge = async () => {
    const merged = await model.merge()
    if (merged) onMerged(merged)
  }
  return (
    <Dialog
      title={choosing ? `Merge ${contact.name} with another contact` : 'Merge two contacts'}
      description="Merging can’t be undone. All existing links keep working."
      onClose={onClose}
      actions={
        <>
          {!choosing && otherId === null && <Button onClick={() => model.choose(null)}>Choose another</Button>}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={model.sending.busy.value}
            disabled={choosing || !preview || preview.refusal !== null}
            onClick={() => void merge()}
          >
            {model.sending.busy.value ? 'Merging…' : 'Merge'}
          </Button>
        </>
      }
    >
      {choosing && <ChooseStep model={model} />}
      {!choosing && failure && (
        <div class="form">
          <Notice tone="bad">{loadFailureText(failure)}</Notice>
        </div>
      )}
      {!choosing && !failure && !preview && <Skeleton rows={4} label="Loading what moves" />}
      {!choosing && preview && <ReviewStep preview={preview} model={model} />}
    </Dialog>
  )
}
