import type { PortalHome, PortalRequest } from '@goodword/contracts'
import { AffixField } from '../../shared/ui/affix.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import type { FreshLink } from '../signIn/freshLink.ts'
import { FreshLinkButton } from '../signIn/freshLinkButton.tsx'
import { money, say, words } from '../words.ts'
import { type UseModel, usable } from './use.model.ts'

type DialogProps = { model: UseModel; home: PortalHome; fresh: FreshLink }

/** Requests to use credit. Someone who came through the link in a message gets a fresh sign-in link first. */
export function UseCreditDialog({ model, home, fresh }: DialogProps) {
  if (!model.open.value) return null
  return home.scope === 'full' ? <AskDialog model={model} home={home} /> : <FreshDialog model={model} fresh={fresh} />
}

function FreshDialog({ model, fresh }: Pick<DialogProps, 'model' | 'fresh'>) {
  return (
    <Dialog
      title={say('portal.use.title')}
      close={say('portal.close')}
      onClose={model.close}
      actions={
        <button class="btn lg" type="button" onClick={model.close}>
          {say('portal.close')}
        </button>
      }
    >
      <div class="dbody">
        <p>{say('portal.use.fresh')}</p>
        <FreshLinkButton model={fresh} onSend={fresh.forSession}>
          {say('portal.signIn.fresh')}
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
  const symbol = money(0, home.currency).replace(/[\d.,\s]/g, '')
  return (
    <Dialog
      title={say('portal.use.title')}
      close={say('portal.close')}
      description={say('portal.use.usable', { amount: money(usable(home), home.currency) })}
      onClose={model.close}
      actions={
        <>
          <button class="btn lg" type="button" onClick={model.close}>
            {say('portal.use.cancel')}
          </button>
          <button class="btn primary lg" type="submit" form="use-credit" aria-busy={model.busy.value}>
            {say(model.busy.value ? 'portal.use.asking' : 'portal.use.ask')}
          </button>
        </>
      }
    >
      <form id="use-credit" class="dbody" noValidate onSubmit={submit}>
        <ErrorText text={model.errorText.value} />
        <AffixField
          label={say('portal.use.amount')}
          before={symbol}
          value={model.amount.value}
          onInput={model.type}
          error={model.problem.value}
          big
          autofocus
        />
        <fieldset class="choices">
          <legend>{say('portal.use.how')}</legend>
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
                <b>{say(`portal.use.${use}.title`)}</b>
                <small>{say(`portal.use.${use}.line`)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="muted small">{say('portal.use.answers', { organization: home.organization.name })}</p>
      </form>
    </Dialog>
  )
}

const ErrorText = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <p class="notice bad" role="alert">
      <Icon name="alert" />
      <span>{text}</span>
    </p>
  )

const closedShown = 3

/** The requests and their status. */
export function Requests({ model, home }: { model: UseModel; home: PortalHome }) {
  const open = home.requests.filter(({ state }) => state === 'open')
  const closed = home.requests.filter(({ state }) => state === 'done' || state === 'refused').slice(0, closedShown)
  if (open.length + closed.length === 0) return null
  return (
    <section class="sec requests" aria-labelledby="requests-title">
      <div class="hd">
        <h2 id="requests-title">{say('portal.requests.title')}</h2>
      </div>
      {!model.open.value && <ErrorText text={model.errorText.value} />}
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
  const day = words.value.date(Date.parse(closedAt ?? at), home.organization.timeZone)
  const mayWithdraw = state === 'open' && home.scope === 'full'
  return (
    <li>
      <b>{say(`portal.use.${request.use}.title`)}</b>
      <small>
        {state === 'open'
          ? say('portal.requests.open', { day, organization: home.organization.name })
          : say(`portal.requests.${state}`, { day })}
        {request.answer && `: ${request.answer}`}
      </small>
      <span class="amt">
        {money(request.amount, request.currency)}
        {mayWithdraw && (
          <button
            class="link"
            type="button"
            aria-label={say('portal.requests.withdrawOne', { amount: money(request.amount, request.currency) })}
            aria-busy={model.withdrawing.value === request.id}
            onClick={() => model.withdraw(request.id)}
          >
            {say('portal.requests.withdraw')}
          </button>
        )}
      </span>
    </li>
  )
}
