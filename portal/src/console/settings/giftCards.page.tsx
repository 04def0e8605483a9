import type { GiftCardAccount } from '@goodword/contracts'
import { may } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { FormError } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { formatAgo } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import { SettingsFrame } from './settings.frame.tsx'

const environments = [
  { value: 'production', label: 'Live' },
  { value: 'sandbox', label: 'Sandbox, buys nothing' },
] as const

function AccountForm({ loaded, onChange }: { loaded: GiftCardAccount; onChange: (now: GiftCardAccount) => void }) {
  const { client, toasts, now, me } = useConsole()
  const sending = useMemo(createSending, [])
  const { account, webhookUrl } = loaded
  const environment = useSignal(account?.environment ?? 'production')
  const campaignId = useSignal(account?.campaignId ?? '')
  const fundingSourceId = useSignal(account?.fundingSourceId ?? '')
  const apiKey = useSignal('')
  const webhookKey = useSignal('')
  const checked = useSignal<{ ok: boolean; sentence: string } | null>(null)
  const writable = me.actor.type === 'member' && may(me.actor.role, 'settings:write')
  const errors = sending.errors.value
  const save = async (event: Event) => {
    event.preventDefault()
    if (!account && apiKey.value.trim() === '') return sending.showErrors({ apiKey: 'Enter the API key.' })
    const body = {
      environment: environment.value,
      campaignId: campaignId.value,
      fundingSourceId: fundingSourceId.value,
      ...(apiKey.value.trim() === '' ? {} : { apiKey: apiKey.value }),
      ...(webhookKey.value.trim() === '' ? {} : { webhookKey: webhookKey.value }),
    }
    const saved = await sending.send(() => client.giftCards.set({ body }))
    if (!saved) return null
    apiKey.value = ''
    webhookKey.value = ''
    onChange(saved)
    checked.value = await sending.send(() => client.giftCards.check())
    toasts.show({ icon: 'check', text: 'Saved.' })
    return saved
  }
  const disconnect = async () => {
    if (!confirm('Disconnect Tremendous? Gift cards that are due wait for your team then.')) return
    const gone = await sending.send(() => client.giftCards.disconnect())
    if (gone) onChange(gone)
  }
  const typed = (field: { value: string }) => (text: string) => {
    field.value = text
  }
  return (
    <form class="card" noValidate onSubmit={(event) => void save(event)}>
      <header>
        <h2>Tremendous</h2>
        {account && <span class="muted">{account.isKeyReadable ? 'Connected' : 'Needs its key again'}</span>}
      </header>
      <fieldset class="body work" disabled={!writable}>
        <FormError sending={sending} />
        {account?.isKeyReadable === false && (
          <Notice tone="warn">
            <b>Enter the API key again.</b> It was encrypted by another installation and can’t be read here.
          </Notice>
        )}
        {checked.value && <Notice tone={checked.value.ok ? 'good' : 'bad'}>{checked.value.sentence}</Notice>}
        <Select
          label="Account"
          width="min(300px, 100%)"
          value={environment.value}
          options={environments}
          onChange={(value) => {
            environment.value = value
          }}
        />
        <TextField
          label="API key"
          mono
          value={apiKey.value}
          hint={
            account
              ? 'Saved and never shown. Enter another one to replace it.'
              : 'In Tremendous: Team settings, Developers. It must be able to read and write.'
          }
          error={errors.apiKey}
          onInput={typed(apiKey)}
        />
        <TextField
          label="Campaign ID"
          mono
          value={campaignId.value}
          hint="The campaign in Tremendous says which cards people can choose from."
          error={errors.campaignId}
          onInput={typed(campaignId)}
        />
        <TextField
          label="Funding source ID"
          mono
          value={fundingSourceId.value}
          hint="What the cards are paid from: balance, or the ID of another source."
          error={errors.fundingSourceId}
          onInput={typed(fundingSourceId)}
        />
        <div class="field">
          <span class="label">Webhook address</span>
          <span class="line">
            <code class="mono">{webhookUrl}</code>
            <CopyButton text={webhookUrl} what="the webhook address" />
          </span>
        </div>
        <TextField
          label="Webhook key"
          optional
          mono
          value={webhookKey.value}
          hint={
            account?.lastEventAt
              ? `Last event ${formatAgo(account.lastEventAt, now.value, me.organization.timeZone)}.`
              : 'Tremendous shows it when you add the webhook. Without one, Goodword asks every hour.'
          }
          error={errors.webhookKey}
          onInput={typed(webhookKey)}
        />
        <div class="line">
          <Button look="primary" type="submit" busy={sending.busy.value}>
            {account ? 'Save' : 'Connect'}
          </Button>
          {account && (
            <Button look="quiet" onClick={() => void disconnect()}>
              Disconnect
            </Button>
          )}
        </div>
      </fieldset>
    </form>
  )
}

/** The account that buys gift cards. Without one, the team delivers them by hand. */
export function GiftCardsPage() {
  const { client } = useConsole()
  const account = useMemo(
    () => createResource<GiftCardAccount>((abort) => client.giftCards.get(undefined, { signal: abort })),
    [client],
  )
  useEffect(() => void account.load(), [account])
  const { data, failure } = account
  return (
    <SettingsFrame
      section="gift-cards"
      lead="Campaigns can give gift cards. Your team delivers them by hand, or Tremendous buys and sends them."
    >
      {failure.value ? (
        <ErrorState level={2} title="The account did not load" onRetry={account.load}>
          {loadFailureText(failure.value)}
        </ErrorState>
      ) : data.value ? (
        <AccountForm
          loaded={data.value}
          onChange={(now) => {
            data.value = now
          }}
        />
      ) : (
        <Skeleton rows={4} label="Loading the account" />
      )}
    </SettingsFrame>
  )
}
