import type { JobTodo, RewardChange } from '@goodword/contracts'
import { formatAmountInput, formatAnyMoney, formatMoney } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useMemo, useRef } from 'preact/hooks'
import { AffixField } from '../../shared/ui/affix.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Check, focusFirstError } from '../../shared/ui/field.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { FormError } from '../core/formDialog.tsx'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { currencySymbol } from '../core/regions.ts'
import { shortDay } from '../core/relativeDates.ts'
import { createTodo, type TodoModel } from './todo.model.ts'
import './todo.css'

const jobName = ({ job }: JobTodo): string =>
  [job.externalId ? `Job ${job.externalId}` : 'A job', job.title].filter(Boolean).join(', ')

const jobMoney = ({ job }: JobTodo): string | null =>
  job.value === null ? null : formatAnyMoney(job.value, job.currency ?? 'USD')

/** "Priya’s job is invoiced: who sent her?" */
function titleOf(todo: JobTodo): string {
  const name = todo.contact?.name || 'the customer'
  if (todo.kind === 'conversion') {
    if (todo.reason === 'several_campaigns') return `In which campaign was ${name} referred?`
    return todo.choices.length > 1 ? `Who sent ${name}?` : `Convert the referral of ${name}?`
  }
  if (todo.rewards?.proposal === 'give_back') return 'Give the rewards back?'
  if (todo.rewards?.proposal === 'adjust') return 'Change the rewards?'
  return todo.rewards?.proposal === 'stays' ? 'A refund was undone' : 'Take the rewards back?'
}

function Choices({ todo, model }: { todo: JobTodo; model: TodoModel }) {
  const { now, me } = useConsole()
  const name = useId()
  if (todo.choices.length === 0) return <Notice tone="info">No referral of this customer is open anymore.</Notice>
  return (
    <fieldset class="todo-choices">
      <legend>Who referred them</legend>
      {todo.choices.map((choice) => (
        <label key={choice.referralId}>
          <input
            type="radio"
            name={name}
            checked={model.choice.value?.referralId === choice.referralId}
            onChange={() => {
              model.chosen.value = choice.referralId
            }}
          />
          <span>
            <b>{choice.advocateName}</b>
            <small>
              {choice.campaign.name} · {shortDay(Date.parse(choice.submittedAt), now.value, me.organization.timeZone)}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function ConversionBody({ todo, model }: { todo: JobTodo; model: TodoModel }) {
  const choice = model.choice.value
  return (
    <>
      <Choices todo={todo} model={model} />
      {choice && (choice.jobValue === null || choice.jobValueRequired) && (
        <AffixField
          label="Job value"
          optional={!choice.jobValueRequired}
          before={currencySymbol(choice.currency)}
          value={
            model.jobValue.value ||
            (choice.jobValue === null ? '' : formatAmountInput(choice.jobValue, choice.currency))
          }
          error={model.sending.errors.value.jobValue}
          hint={
            todo.job.currency !== null && todo.job.currency !== choice.currency
              ? `The job was ${jobMoney(todo) ?? 'in another currency'}. Say what that is in ${choice.currency}.`
              : 'Before tax.'
          }
          onInput={(text) => {
            model.jobValue.value = text
          }}
        />
      )}
    </>
  )
}

const doesText = (change: RewardChange): string => {
  const money = (amount: number) => formatMoney(amount, change.currency)
  const what = change.text ?? money(change.from)
  if (change.does === 'void') return `${what} is taken back${change.status === 'pending' ? ', still on hold' : ''}.`
  if (change.does === 'reinstate') return `${change.text ?? money(change.to ?? 0)} is given again.`
  if (change.does === 'nothing') return `${what} stays.`
  if (change.does === 'enter') return `Now ${money(change.from)}. Enter what it is worth.`
  return `${money(change.from)} becomes ${money(change.to ?? 0)}.`
}

function Changes({ todo, model }: { todo: JobTodo; model: TodoModel }) {
  const { rewards } = todo
  if (!rewards) return null
  const editable = rewards.proposal === 'adjust' || rewards.proposal === 'give_back'
  return (
    <ul class="todo-changes">
      {rewards.changes.map((change) => (
        <li key={change.id}>
          <span>
            <b>{change.name}</b>
            <small>{change.side === 'advocate' ? 'Advocate' : 'Friend'}</small>
          </span>
          <span>
            {doesText(change)}
            {change.owed > 0 && (
              <small class="bad">
                {formatMoney(change.owed, change.currency)} of it was used already and is owed back.
              </small>
            )}
          </span>
          {editable && change.kind === 'credit' && (
            <AffixField
              label={`New amount for ${change.name}`}
              before={currencySymbol(change.currency)}
              value={model.amountText(change.side)}
              error={model.sending.errors.value[change.side]}
              onInput={(text) => {
                model.amounts.value = { ...model.amounts.value, [change.side]: text }
              }}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

/** Why the rewards are looked at. */
function occasionOf(todo: JobTodo): string {
  const { kind, facts, job, rewards } = todo
  const currency = job.currency ?? 'USD'
  const whole = jobMoney(todo) ?? 'the job'
  const refunded = rewards?.refunded ?? 0
  if (kind === 'dispute') {
    const asked = typeof facts.amount === 'number' ? formatAnyMoney(facts.amount, currency) : 'the money'
    return asked === whole
      ? `The customer’s bank asks for all of ${whole} back.`
      : `The customer’s bank asks for ${asked} of ${whole} back.`
  }
  if (refunded === 0) return 'The refund was undone.'
  if (refunded === job.value) return `All of ${whole} was refunded.`
  return `${formatAnyMoney(refunded, currency)} of ${whole} was refunded.`
}

function RewardsBody({ todo, model }: { todo: JobTodo; model: TodoModel }) {
  const { me } = useConsole()
  const { rewards } = todo
  if (!rewards) return <Notice tone="info">This has been decided already.</Notice>
  if (rewards.proposal === 'stays')
    return (
      <Notice tone="info">
        The rewards of this job were taken back, and that stays so. Reopen or add a referral if they are owed after all.
      </Notice>
    )
  return (
    <>
      <p class="muted">
        {occasionOf(todo)}{' '}
        {rewards.reverses ? 'The conversion is reversed, and both sides see why.' : 'The conversion stays.'}
      </p>
      <Changes todo={todo} model={model} />
      {model.owed.value > 0 && isAdmin(me) && (
        <Check
          checked={model.confirmOwed.value}
          onChange={(checked) => {
            model.confirmOwed.value = checked
          }}
          title="Take it back anyway"
        >
          What was used is owed, and comes off their next rewards.
        </Check>
      )}
    </>
  )
}

function actionOf(todo: JobTodo, mayReverse: boolean): string | null {
  if (todo.kind === 'conversion') return todo.choices.length === 0 ? null : 'Convert'
  const proposal = todo.rewards?.proposal
  if (!proposal || proposal === 'stays') return null
  if (proposal === 'take_back') return mayReverse ? 'Take the rewards back' : null
  return proposal === 'give_back' ? 'Give back' : 'Change the rewards'
}

/** What a job leaves to decide, with what deciding would do. */
export function TodoDialog({
  id = null,
  jobId,
  onClose,
  onDone,
}: {
  id?: string | null
  jobId: string
  onClose: () => void
  onDone: () => void
}) {
  const { client, me, toasts } = useConsole()
  const model = useMemo(() => createTodo({ client, id, jobId }), [client, id, jobId])
  const form = useRef<HTMLFormElement>(null)
  const formId = useId()
  useEffect(() => {
    void model.todo.load()
  }, [model])
  const todo = model.todo.data.value
  const failure = model.todo.failure.value
  const busy = model.sending.busy.value
  const finish = (done: JobTodo | null, text: string) => {
    if (!done) {
      if (form.current) focusFirstError(form.current)
      return
    }
    toasts.show({ icon: 'converted', text })
    onClose()
    onDone()
  }
  const act = async () => {
    if (todo?.kind === 'conversion') return finish(await model.convert(), 'The referral is converted.')
    finish(await model.settle(), 'The rewards are as decided.')
  }
  const isOver = !failure && !model.todo.loading.value && todo?.state !== 'open'
  const close = () => {
    onClose()
    if (isOver) onDone()
  }
  const action = todo?.state === 'open' ? actionOf(todo, isAdmin(me)) : null
  let body: ComponentChildren = <Skeleton rows={3} label="Loading what is to decide" />
  if (failure)
    body = (
      <ErrorState title="It did not load" onRetry={model.todo.load}>
        {loadFailureText(failure)}
      </ErrorState>
    )
  else if (todo && todo.state !== 'open') body = <Notice tone="info">Somebody has decided this already.</Notice>
  else if (todo)
    body =
      todo.kind === 'conversion' ? (
        <ConversionBody todo={todo} model={model} />
      ) : (
        <RewardsBody todo={todo} model={model} />
      )
  else if (!model.todo.loading.value) body = <Notice tone="info">Somebody has decided this already.</Notice>
  return (
    <Dialog
      title={todo ? titleOf(todo) : 'To decide'}
      description={todo ? [jobName(todo), jobMoney(todo)].filter(Boolean).join(' · ') : undefined}
      onClose={close}
      note={todo?.rewards?.proposal === 'take_back' && !isAdmin(me) ? 'Ask an admin to take them back.' : undefined}
      actions={
        <>
          {todo?.state === 'open' && (
            <Button busy={busy} onClick={async () => finish(await model.dismiss(), 'Everything stays as it is.')}>
              {todo.kind === 'conversion' ? 'Convert nothing' : 'Keep everything'}
            </Button>
          )}
          {action ? (
            <Button
              type="submit"
              form={formId}
              look={todo?.rewards?.proposal === 'take_back' ? 'danger' : 'primary'}
              busy={busy}
            >
              {action}
            </Button>
          ) : (
            <Button onClick={close}>Close</Button>
          )}
        </>
      }
    >
      <form
        id={formId}
        ref={form}
        class="form todo"
        onSubmit={(event) => {
          event.preventDefault()
          void act()
        }}
      >
        {body}
        <FormError sending={model.sending} />
      </form>
    </Dialog>
  )
}
