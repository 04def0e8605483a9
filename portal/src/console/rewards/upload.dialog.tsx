import type { CodesUploaded } from '@goodword/contracts'
import { dayIn } from '@goodword/domain'
import { useEffect, useMemo } from 'preact/hooks'
import { Check, TextArea } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { CsvFile } from '../core/csvFile.tsx'
import { FormDialog } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { createUpload, type UploadModel } from './codes.model.ts'

function Fields({ model }: { model: UploadModel }) {
  return (
    <>
      <TextArea
        label="Codes"
        rows={8}
        autofocus
        value={model.lines.text.value}
        hint="One per line. A second column may say the last day of each, such as 2026-12-31."
        error={model.sending.errors.value.codes}
        onInput={model.lines.type}
      />
      <CsvFile lines={model.lines} />
      {model.notes.value.length > 0 && (
        <Notice tone="warn">
          <b>Left out:</b>
          <ul>
            {model.notes.value.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Notice>
      )}
      {model.list.value.damaged.length > 0 && (
        <Check
          title="Add those that look changed too"
          checked={model.includeDamaged.value}
          onChange={(checked) => {
            model.includeDamaged.value = checked
          }}
        >
          A spreadsheet turns codes into numbers and dates. Compare them with your shop first.
        </Check>
      )}
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
  const { client, me, now } = useConsole()
  const { timeZone } = me.organization
  const model = useMemo(
    () => createUpload({ client, campaignId: campaign.id, today: dayIn(timeZone, now.value) }),
    [client, campaign.id, timeZone],
  )
  useEffect(() => model.leave, [model])
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
