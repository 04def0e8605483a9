import type { PortalHome, PortalRequest } from '@goodword/contracts'
import { formatDay, formatMoney } from '@goodword/domain'
import { AffixField } from '../../shared/ui/affix.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import type { FreshLink } from '../signIn/freshLink.ts'
import { FreshLinkButton } from '../signIn/freshLinkButton.tsx'
import { type UseModel, usable, useWords } from './use.model.ts'

type DialogProps = { model: UseModel; home: PortalHome; fresh: FreshLink }

/** Asking to use credit. Whoever came by the link in a message gets a fresh sign-in link first. */
export function UseCreditDialog({ model, home, fresh }: DialogProps) {
  if (!model.open.value) return null
  return home.scope === 'full' ? <AskDialog model={model} home={home} /> : <FreshDialog model={model} fresh={fresh} />
}

function FreshDialog({ model, fresh }: Pick<DialogProps, 'model' | 'fresh'>) {
  return (
    <Dialog
      title="Use your credit"
      onClose={model.close}
      actions={
        <button class="btn lg" type="button" onClick={model.close}>
          Close
        </button>
      }
    >
      <div class="dbody">
        <p>To keep your credit safe, using it takes a fresh sign-in link. We send it to the address you came from.</p>
        <FreshLinkButton model={fresh} onSend={fresh.forSession}>
          Send me a sign-in link
        </FreshLinkButton>
      </div>
    </Dialog>
  )
}

function AskDialog({ model, home }: Omit<DialogProps, 'fresh'>) {
  const submit = (event: Event) => {
    event.preventDefault()
    void model.submit(home)
  }
  const symbol = formatMoney(0, home.currency).replace(/[\d.,\s]/g, '')
  return (
    <Dialog
      title="Use your credit"
      description={`${formatMoney(usable(home), home.currency)} can be used now.`}
      onClose={model.close}
      actions={
        <>
          <button class="btn lg" type="button" onClick={model.close}>
            Cancel
          </button>
          <button class="btn primary lg" type="submit" form="use-credit" aria-busy={model.busy.value}>
            {model.busy.value ? 'Asking…' : 'Ask to use it'}
          </button>
        </>
      }
    >
      <form id="use-credit" class="dbody" noValidate onSubmit={submit}>
        <Trouble text={model.trouble.value} />
        <AffixField
          label="Amount"
          before={symbol}
          value={model.amount.value}
          onInput={model.type}
          error={model.problem.value}
          big
          autofocus
        />
        <fieldset class="choices">
          <legend>How would you like to use it?</legend>
          {home.creditUses.map((use) => (
            <label key={use} class="choice">
              <input
                type="radio"
                name="use"
                checked={model.use.value === use}
                onChange={() => {
                  model.use.value = use
                }}
              />
              <span>
                <b>{useWords[use].title}</b>
                <small>{useWords[use].line}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="muted small">{home.organization.name} answers you. Until then your credit stays as it is.</p>
      </form>
    </Dialog>
  )
}

const Trouble = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <p class="notice bad" role="alert">
      <Icon name="alert" />
      <span>{text}</span>
    </p>
  )

const closedShown = 3

const stateWords: Record<PortalRequest['state'], string> = {
  open: 'Asked for',
  done: 'Done',
  refused: 'Not this time',
  withdrawn: 'Taken back',
}

/** What was asked for, and what became of it. */
export function Requests({ model, home }: { model: UseModel; home: PortalHome }) {
  const open = home.requests.filter(({ state }) => state === 'open')
  const closed = home.requests.filter(({ state }) => state === 'done' || state === 'refused').slice(0, closedShown)
  if (open.length + closed.length === 0) return null
  return (
    <section class="sec requests" aria-labelledby="requests-title">
      <div class="hd">
        <h2 id="requests-title">Credit you asked to use</h2>
      </div>
      {!model.open.value && <Trouble text={model.trouble.value} />}
      <ul class="hist">
        {[...open, ...closed].map((request) => (
          <RequestRow key={request.id} request={request} model={model} home={home} />
        ))}
      </ul>
    </section>
  )
}

function RequestRow({ request, model, home }: { request: PortalRequest; model: UseModel; home: PortalHome }) {
  const { state, closedAt, at } = request
  const day = formatDay(Date.parse(closedAt ?? at), home.organization.timeZone, { year: true })
  const mayWithdraw = state === 'open' && home.scope === 'full'
  return (
    <li>
      <b>{useWords[request.use].title}</b>
      <small>
        {stateWords[state]} {day}
        {state === 'open' && `. ${home.organization.name} answers you.`}
        {request.answer && `: ${request.answer}`}
      </small>
      <span class="amt">
        {formatMoney(request.amount, request.currency)}
        {mayWithdraw && (
          <button
            class="link"
            type="button"
            aria-label={`Take back the request for ${formatMoney(request.amount, request.currency)}`}
            aria-busy={model.withdrawing.value === request.id}
            onClick={() => model.withdraw(request.id)}
          >
            Take back
          </button>
        )}
      </span>
    </li>
  )
}
