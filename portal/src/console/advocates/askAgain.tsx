import type { Advocate, AskedMany } from '@goodword/contracts'
import { askReasonSentence } from '@goodword/words/asking'
import { useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { pluralize } from '../core/relativeDates.ts'
import { useAskClocks } from '../jobs/askClocks.ts'

const namesShown = 5

/** Asks the advocates of a page once more. */
export function AskAgainDialog({
  advocates,
  onClose,
  onAsked,
}: {
  advocates: readonly Advocate[]
  onClose: () => void
  onAsked: (answer: AskedMany) => void
}) {
  const { client } = useConsole()
  const sending = useMemo(createSending, [])
  const ids = advocates.map(({ id }) => id)
  const names = advocates.slice(0, namesShown).map(({ name }) => name)
  const others = advocates.length - names.length
  const send = async () => {
    const answer = await sending.send(() => client.advocates.askMany({ body: { ids } }))
    if (answer) onAsked(answer)
    return answer
  }
  return (
    <FormDialog
      title={`Ask ${pluralize(advocates.length, 'advocate')} again?`}
      description="Each gets one message. Whoever was asked lately or can’t be reached is left out."
      onClose={onClose}
      sending={sending}
      send={send}
      button="Ask again"
      icon="send"
    >
      <p>
        {names.join(', ')}
        {others > 0 && ` and ${pluralize(others, 'other')}`}
      </p>
    </FormDialog>
  )
}

/** How many are asked, and who isn't and why. */
export function AskedReport({ report, onClose }: { report: AskedMany; onClose: () => void }) {
  const clocks = useAskClocks()
  const { asked, notAsked } = report
  return (
    <Notice
      tone={notAsked.length > 0 ? 'warn' : 'good'}
      action={
        <Button size="sm" look="quiet" onClick={onClose}>
          Close
        </Button>
      }
    >
      {asked.length === 0 ? 'None of them was asked.' : `${pluralize(asked.length, 'advocate')} will be asked.`}
      {notAsked.length > 0 && (
        <ul>
          {notAsked.map(({ advocateId, name, reason }) => (
            <li key={advocateId}>
              <b>{name}.</b> {askReasonSentence(reason, clocks)}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
