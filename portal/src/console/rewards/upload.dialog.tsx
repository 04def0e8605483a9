import type { CodesUploaded } from '@goodword/contracts'
import { useMemo } from 'preact/hooks'
import { TextArea } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { CsvFile } from '../core/csvFile.tsx'
import { FormDialog } from '../core/formDialog.tsx'
import { createUpload, type UploadModel } from './codes.model.ts'

function Fields({ model }: { model: UploadModel }) {
  return (
    <>
      <TextArea
        label="Codes"
        rows={8}
        autofocus
        value={model.lines.text.value}
        hint="One per line. In a table, the first column is used."
        error={model.sending.errors.value.codes}
        onInput={model.lines.type}
      />
      <CsvFile lines={model.lines} />
    </>
  )
}

/** Adds codes to a campaign's pool, pasted or from a file. */
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
  const submit = async () => {
    const done = await model.upload()
    if (done) onDone(done)
    return done
  }
  return (
    <FormDialog
      title="Add discount codes"
      description={`For ${campaign.name}. Each code is given once, oldest first.`}
      onClose={onClose}
      sending={model.sending}
      send={submit}
      button={model.words.value}
      busyLabel="Adding…"
    >
      <Fields model={model} />
    </FormDialog>
  )
}
