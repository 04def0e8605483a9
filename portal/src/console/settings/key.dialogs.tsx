import type { ApiKey, Overlap, Scope } from '@goodword/contracts'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { FormDialog } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { areas, type KeysModel, type Preset } from './keys.model.ts'

const presetLabels: Record<Preset, string> = {
  referrals: 'Send and convert referrals',
  reading: 'Read everything, change nothing',
  all: 'Everything the console can do',
  chosen: 'Chosen one by one',
}

const capitalize = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const verbOf = (scope: Scope) => (scope.endsWith(':read') ? 'Read' : 'Change')

/** The new secret, shown only once. */
export function NewSecret({ model }: { model: KeysModel }) {
  const key = model.created.value
  if (!key) return null
  const close = () => {
    model.created.value = null
  }
  const isSecret = key.kind === 'secret'
  const what = isSecret ? 'secret key' : 'identity key'
  return (
    <Dialog
      title={`Your ${what}`}
      description={`${key.name}. It is shown this once; we keep only a fingerprint of it.`}
      onClose={close}
      actions={
        <Button look="primary" onClick={close}>
          I have kept it
        </Button>
      }
    >
      <div class="form secret">
        <div class="kb">
          <span class="mono">{key.key}</span>
          <CopyButton text={key.key} what={`the ${what}`} />
        </div>
        {!isSecret && (
          <div class="kb">
            <span class="mono">{key.id}</span>
            <CopyButton text={key.id} what="the key’s id" />
          </div>
        )}
        <p class="muted">
          {isSecret
            ? 'For your server only. Anyone who has it can act for your business.'
            : 'For your server only. The first line signs, the second goes into each token as “kid”. Anyone who has the key can see what your customers see.'}
        </p>
      </div>
    </Dialog>
  )
}

function Scopes({ model }: { model: KeysModel }) {
  const error = model.creating.errors.value.scopes
  return (
    <fieldset class="scopes">
      <legend>Permissions</legend>
      <Select
        hiddenLabel
        label="Usual choices"
        value={model.preset.value}
        options={(Object.keys(presetLabels) as Preset[]).map((value) => ({ value, label: presetLabels[value] }))}
        onChange={(preset) => {
          if (preset !== 'chosen') model.choose(preset)
        }}
      />
      <div class="grid">
        {areas.map(({ part, scopes }) => (
          <div key={part} class="line">
            <span class="name">{capitalize(part)}</span>
            {scopes.map((scope) => (
              <Check
                key={scope}
                checked={model.chosen.value.has(scope)}
                onChange={(on) => model.toggle(scope, on)}
                title={
                  <>
                    {verbOf(scope)}
                    <span class="sr-only"> {part}</span>
                  </>
                }
              />
            ))}
            {scopes.length === 1 && <span />}
          </div>
        ))}
      </div>
      {error && (
        <span class="err" role="alert">
          <Icon name="alert" />
          {error}
        </span>
      )}
    </fieldset>
  )
}

export function CreateKeyDialog({ model, close }: { model: KeysModel; close: () => void }) {
  const { creating } = model
  const create = async () => {
    const created = await model.create()
    if (created) close()
    return created
  }
  const isSecret = model.kind.value === 'secret'
  return (
    <FormDialog
      title={isSecret ? 'Create a secret key' : 'Create an identity key'}
      description={
        isSecret
          ? 'For a server of yours. Give it what it needs and no more.'
          : 'Your website’s server signs with it who is signed in. It can do nothing else.'
      }
      onClose={close}
      sending={creating}
      send={create}
      button="Create key"
    >
      <TextField
        label="Name"
        hint={isSecret ? 'What it is for, such as “Job system”.' : 'Where it is used, such as “Customer area”.'}
        autofocus
        value={model.name.value}
        error={creating.errors.value.name}
        onInput={(text) => {
          model.name.value = text
        }}
      />
      {isSecret && <Scopes model={model} />}
    </FormDialog>
  )
}

const overlapChoices: { value: Overlap; label: string; sentence: string }[] = [
  { value: 'none', label: 'Now', sentence: 'Whatever uses the old key is refused at once.' },
  { value: 'day', label: 'In 1 day', sentence: 'Both keys work for a day. Put the new one in place meanwhile.' },
  { value: 'week', label: 'In 7 days', sentence: 'Both keys work for a week. Put the new one in place meanwhile.' },
]

export function RotateDialog({ apiKey, model, close }: { apiKey: ApiKey; model: KeysModel; close: () => void }) {
  const failure = model.rotating.failure.value
  return (
    <Dialog
      title={`Rotate ${apiKey.name}`}
      description="A new key that may do the same takes its place. You see it once."
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            look="primary"
            busy={model.rotating.busy.value}
            onClick={async () => {
              if (await model.rotate(apiKey)) close()
            }}
          >
            Create new key
          </Button>
        </>
      }
    >
      <div class="form">
        {failure && <Notice tone="bad">{failure.sentence}</Notice>}
        <div class="field">
          <span class="label">The old key ends</span>
          <Segmented
            label="The old key ends"
            value={model.overlap.value}
            options={overlapChoices}
            onChange={(overlap) => {
              model.overlap.value = overlap
            }}
          />
          <span class="hint" aria-live="polite">
            {overlapChoices.find(({ value }) => value === model.overlap.value)?.sentence}
          </span>
        </div>
      </div>
    </Dialog>
  )
}

export function RevokeDialog({ apiKey, model, close }: { apiKey: ApiKey; model: KeysModel; close: () => void }) {
  return (
    <Dialog
      title={`Revoke ${apiKey.name}`}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            look="danger"
            onClick={() => {
              close()
              void model.revoke(apiKey.id)
            }}
          >
            Revoke key
          </Button>
        </>
      }
    >
      <p class="form">Whatever uses it is refused from then on. This cannot be undone.</p>
    </Dialog>
  )
}
