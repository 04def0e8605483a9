import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { dayAndTime } from '../core/relativeDates.ts'
import type { ConnectionsModel } from './connections.model.ts'
import { kindTexts, makesOwnSecret, secretName } from './kinds.labels.ts'

function NameField({ model }: { model: ConnectionsModel }) {
  return (
    <TextField
      label="Name"
      hint="How your team calls this system."
      autofocus
      value={model.name.value}
      error={model.sending.errors.value.name}
      onInput={(text) => {
        model.name.value = text
      }}
    />
  )
}

function SecretField({ model, hint, optional }: { model: ConnectionsModel; hint: string; optional: boolean }) {
  return (
    <TextField
      label="Signing secret"
      optional={optional}
      mono
      hint={hint}
      value={model.secret.value}
      error={model.sending.errors.value.secret}
      onInput={(text) => {
        model.secret.value = text
      }}
    />
  )
}

/** Connects a system of a kind that was chosen. */
export function AddConnectionDialog({ model }: { model: ConnectionsModel }) {
  const kind = model.adding.value
  if (!kind) return null
  const { label, for: whom } = kindTexts[kind]
  return (
    <FormDialog
      title={`Connect ${kind === 'hmac' || kind === 'standard_webhooks' ? 'your software' : label}`}
      description={whom}
      onClose={() => {
        model.adding.value = null
      }}
      sending={model.sending}
      send={model.create}
      button="Connect"
    >
      <NameField model={model} />
      {makesOwnSecret(kind) && (
        <SecretField
          model={model}
          optional
          hint={`You get it from ${label} once you entered the address there. Leave it empty until then.`}
        />
      )}
    </FormDialog>
  )
}

function ReplaceDialog({ model }: { model: ConnectionsModel }) {
  const known = model.current.value
  if (!known) return null
  const own = makesOwnSecret(known.kind)
  const name = secretName(known.kind).toLowerCase()
  const isFirst = known.secret === null
  return (
    <FormDialog
      title={isFirst ? `Enter the ${name}` : `Replace the ${name}`}
      description={
        isFirst ? kindTexts[known.kind].secret : `The old one works for 24 more hours, so that nothing is lost.`
      }
      onClose={() => {
        model.confirming.value = null
      }}
      sending={model.sending}
      send={model.replaceSecret}
      button={own ? 'Save secret' : `Make a new ${name}`}
    >
      {own ? (
        <SecretField model={model} optional={false} hint={kindTexts[known.kind].secret} />
      ) : (
        <p>You’ll see the new one once. Enter it in {known.name} within 24 hours.</p>
      )}
    </FormDialog>
  )
}

function RenameDialog({ model }: { model: ConnectionsModel }) {
  return (
    <FormDialog
      title="Rename the connection"
      onClose={() => {
        model.confirming.value = null
      }}
      sending={model.sending}
      send={model.rename}
      button="Save name"
    >
      <NameField model={model} />
    </FormDialog>
  )
}

function RemoveDialog({ model }: { model: ConnectionsModel }) {
  const close = () => {
    model.confirming.value = null
  }
  return (
    <Dialog
      title={`Delete ${model.current.value?.name ?? 'the connection'}`}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            look="danger"
            onClick={() => {
              close()
              void model.remove()
            }}
          >
            Delete connection
          </Button>
        </>
      }
    >
      <p class="form">
        Its address stops working at once, and nothing it sends is accepted. The jobs and events it reported stay. To
        stop for a while, pause it instead.
      </p>
    </Dialog>
  )
}

/** The secret of a connection, shown this once. */
function ShownSecret({ model }: { model: ConnectionsModel }) {
  const { now, me } = useConsole()
  const shown = model.shown.value
  if (!shown?.newSecret) return null
  const close = () => {
    model.shown.value = null
  }
  const name = secretName(shown.kind)
  return (
    <Dialog
      title={name}
      description={`${shown.name}. It is shown this once.`}
      onClose={close}
      actions={
        <Button look="primary" onClick={close}>
          I have kept it
        </Button>
      }
    >
      <div class="form shown-secret">
        {shown.previousSecretUntil && (
          <Notice tone="info">
            The old one works until {dayAndTime(shown.previousSecretUntil, now.value, me.organization.timeZone)}.
          </Notice>
        )}
        <div class="kb">
          <span class="mono">{shown.newSecret}</span>
          <CopyButton text={shown.newSecret} what={`the ${name.toLowerCase()}`} />
        </div>
        <p class="muted">{kindTexts[shown.kind].secret}</p>
      </div>
    </Dialog>
  )
}

export function ConnectionDialogs({ model }: { model: ConnectionsModel }) {
  const asking = model.confirming.value
  return (
    <>
      {model.adding.value && <AddConnectionDialog model={model} />}
      {asking === 'replace' && <ReplaceDialog model={model} />}
      {asking === 'rename' && <RenameDialog model={model} />}
      {asking === 'remove' && <RemoveDialog model={model} />}
      {model.shown.value && <ShownSecret model={model} />}
    </>
  )
}
