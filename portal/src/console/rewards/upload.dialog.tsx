import type { CodesUploaded } from '@goodword/contracts'
import { useMemo, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError, TextArea } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { CsvFile } from '../core/csv-file.tsx'
import { Notice } from '../core/notice.tsx'
import { createUpload, type UploadModel } from './codes.model.ts'

function Fields({ model }: { model: UploadModel }) {
  return (
    <>
      <TextArea
        label="Codes"
        rows={8}
        value={model.lines.text.value}
        hint="One a line. Of a table, the first column counts."
        error={model.sending.errors.value.codes}
        onInput={model.lines.type}
      />
      <CsvFile lines={model.lines} />
    </>
  )
}

/** Adds codes to the pool of a campaign, pasted or from a file. */
export function UploadDialog({
  campaign,
  onClose,
  onDone,
}: {
  campaign: { id: string; name: string }
  onClose: () => void
  onDone: (uploaded: CodesUploaded) => void
}) {
  const { client } = useConsole()
  const model = useMemo(() => createUpload({ client, campaignId: campaign.id }), [client, campaign.id])
  const form = useRef<HTMLFormElement>(null)
  const submit = async () => {
    const done = await model.upload()
    if (done) onDone(done)
    else if (form.current) focusFirstError(form.current)
  }
  const failure = model.sending.failure.value
  return (
    <Dialog
      title="Add discount codes"
      description={`For ${campaign.name}. Each is given once, the oldest first.`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="add-codes" look="primary" busy={model.sending.busy.value}>
            {model.sending.busy.value ? 'Adding…' : model.words.value}
          </Button>
        </>
      }
    >
      <form
        id="add-codes"
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {failure && <Notice tone="bad">{failure.sentence}</Notice>}
        <Fields model={model} />
      </form>
    </Dialog>
  )
}
