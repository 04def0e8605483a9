import type { Reward } from '@goodword/contracts'
import { DeliverReward } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { TextField } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { describeReward } from './rewards.labels.ts'

type Props = { reward: Reward; onClose: () => void; onDone: (reward: Reward) => void }

/** Staff enter the code or link of a gift card that they bought. Its recipient gets them at once. */
export function DeliverDialog({ reward, onClose, onDone }: Props) {
  const { client } = useConsole()
  const sending = useMemo(createSending, [])
  const code = useSignal('')
  const link = useSignal('')
  const send = async () => {
    const typed = { code: code.value.trim() || undefined, link: link.value.trim() || undefined }
    if (!typed.code && !typed.link) return sending.showErrors({ code: 'Enter the code or the link of the card.' })
    const body = sending.check(DeliverReward.safeParse(typed))
    if (!body) return null
    const done = await sending.send(() => client.rewards.deliver({ params: { id: reward.id }, body }))
    if (done) onDone(done)
    return done
  }
  const sentence = reward.delivery?.sentence
  return (
    <FormDialog
      title={`Deliver ${describeReward(reward)} to ${reward.contact.name}`}
      description={`${firstName(reward.contact.name)} gets what you enter by message, and sees it after signing in.`}
      onClose={onClose}
      sending={sending}
      send={send}
      button="Deliver"
      busyLabel="Delivering…"
    >
      {sentence && <Notice tone="warn">{sentence}</Notice>}
      <TextField
        label="Code of the card"
        autofocus
        value={code.value}
        error={sending.errors.value.code}
        onInput={(text) => {
          code.value = text
        }}
      />
      <TextField
        label="Link to the card"
        optional
        type="url"
        value={link.value}
        placeholder="https://"
        error={sending.errors.value.link}
        onInput={(text) => {
          link.value = text
        }}
      />
    </FormDialog>
  )
}

/** Asks the provider again, for another email address if the last one didn't work. */
export function RetryDialog({ reward, onClose, onDone }: Props) {
  const { client } = useConsole()
  const sending = useMemo(createSending, [])
  const { delivery } = reward
  const email = useSignal(delivery?.email ?? '')
  const needsAddress = delivery?.needsAddress === true
  const send = async () => {
    const typed = email.value.trim()
    if (needsAddress && typed === '') return sending.showErrors({ email: 'Enter an email address.' })
    const body = typed === '' || typed === delivery?.email ? {} : { email: typed }
    const done = await sending.send(() => client.rewards.retryDelivery({ params: { id: reward.id }, body }))
    if (done) onDone(done)
    return done
  }
  return (
    <FormDialog
      title={`Try again: ${describeReward(reward)} for ${reward.contact.name}`}
      description="Nobody gets two cards: the provider knows this reward by its number."
      onClose={onClose}
      sending={sending}
      send={send}
      button="Try again"
      busyLabel="Asking…"
    >
      {delivery?.sentence && <Notice tone="warn">{delivery.sentence}</Notice>}
      <TextField
        label="Email for this card"
        optional={!needsAddress}
        type="email"
        value={email.value}
        hint={delivery?.email ? undefined : 'Blank uses the address of the contact.'}
        error={sending.errors.value.email}
        onInput={(text) => {
          email.value = text
        }}
      />
    </FormDialog>
  )
}

/** Sets the day until which a reward is to be delivered. */
export function DeliveryDayDialog({ reward, onClose, onDone }: Props) {
  const { client } = useConsole()
  const sending = useMemo(createSending, [])
  const day = useSignal(reward.delivery?.dueOn ?? '')
  const send = async () => {
    if (day.value === '') return sending.showErrors({ dueOn: 'Choose a day.' })
    const body = { dueOn: day.value }
    const done = await sending.send(() => client.rewards.changeDelivery({ params: { id: reward.id }, body }))
    if (done) onDone(done)
    return done
  }
  return (
    <FormDialog
      title={`When to deliver ${describeReward(reward)}`}
      description={`To ${reward.contact.name}. The list is sorted by this day.`}
      onClose={onClose}
      sending={sending}
      send={send}
      button="Save"
      busyLabel="Saving…"
    >
      <TextField
        label="Deliver by"
        type="date"
        autofocus
        value={day.value}
        error={sending.errors.value.dueOn}
        onInput={(text) => {
          day.value = text
        }}
      />
    </FormDialog>
  )
}
