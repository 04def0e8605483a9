import { CompleteRequest, type CreditRequest, RefuseRequest } from '@goodword/contracts'
import { dayIn, firstName, formatMoney } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { TextField } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { createPayout, payoutOf } from '../credit/payout.ts'
import { PayoutFields } from '../credit/payoutFields.tsx'
import { type Answering, useLabels } from './requestsTab.tsx'

/** "Record $20.00 of $62.50": what completing a request records. */
const completeLabel = ({ amount, available, currency }: CreditRequest): string =>
  amount === available
    ? `Record all ${formatMoney(amount, currency)}`
    : `Record ${formatMoney(amount, currency)} of ${formatMoney(available, currency)}`

/** The answer form. Its idempotency key changes only after the server rejected a request. */
function useAnswer({ kind, request }: Answering, onDone: (request: CreditRequest) => void) {
  const { client, me } = useConsole()
  const today = useMemo(() => dayIn(me.organization.timeZone, Date.now()), [me.organization.timeZone])
  const payout = useMemo(() => (request.use === 'payout' ? createPayout(today) : null), [request.use, today])
  const note = useSignal('')
  const answer = useSignal('')
  const sending = useMemo(createSending, [])
  const key = useRef(crypto.randomUUID())
  const params = { id: request.id }
  const send = async (work: (options: { idempotencyKey: string }) => Promise<CreditRequest>) => {
    const done = await sending.send(() => work({ idempotencyKey: key.current }))
    if (sending.failure.value?.code) key.current = crypto.randomUUID()
    if (done) onDone(done)
    return done !== null
  }
  const submit = async (): Promise<boolean> => {
    if (kind === 'turn-down') {
      const body = sending.check(RefuseRequest.safeParse({ answer: answer.value }))
      return body ? send((options) => client.creditRequests.refuse({ params, body }, options)) : false
    }
    const replyText = answer.value.trim()
    const body = sending.check(
      CompleteRequest.safeParse({
        note: note.value,
        ...(replyText ? { answer: replyText } : {}),
        ...(payout ? { payout: payoutOf(payout) } : {}),
      }),
    )
    return body ? send((options) => client.creditRequests.complete({ params, body }, options)) : false
  }
  return { note, answer, sending, submit, payout, today }
}

/** Answers a request to use credit: completed, which records a redemption, or rejected, with a reason. */
export function AnswerDialog({
  answering,
  onClose,
  onDone,
}: {
  answering: Answering
  onClose: () => void
  onDone: (request: CreditRequest) => void
}) {
  const { kind, request } = answering
  const { note, answer, sending, submit, payout, today } = useAnswer(answering, onDone)
  const name = firstName(request.contact.name)
  const amount = formatMoney(request.amount, request.currency)
  const complete = kind === 'complete'
  return (
    <FormDialog
      title={complete ? `${amount} for ${request.contact.name}` : `Reject ${amount} for ${request.contact.name}`}
      description={
        complete
          ? `${useLabels[request.use]}. Do it first, then record it here. ${name} will be told.`
          : `Their credit doesn’t change. ${name} will be told why.`
      }
      onClose={onClose}
      sending={sending}
      send={submit}
      button={complete ? completeLabel(request) : 'Reject'}
      look={complete ? 'primary' : 'danger'}
    >
      {complete && (
        <TextField
          label="What it was used for"
          autofocus
          value={note.value}
          placeholder="Applied to invoice 1042"
          hint="On the ledger, for you and the advocate."
          error={sending.errors.value.note}
          onInput={(text) => {
            note.value = text
          }}
        />
      )}
      {complete && payout && <PayoutFields draft={payout} today={today} errors={sending.errors.value} />}
      <TextField
        label={complete ? `Message to ${name}` : 'Why'}
        optional={complete}
        autofocus={!complete}
        value={answer.value}
        error={sending.errors.value.answer}
        onInput={(text) => {
          answer.value = text
        }}
      />
    </FormDialog>
  )
}
