import type { ApiKey } from '@goodword/contracts'
import { may } from '@goodword/domain'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime, formatAgo, pluralize } from '../core/relativeDates.ts'
import { CreateKeyDialog, NewSecret, RevokeDialog, RotateDialog } from './key.dialogs.tsx'
import { createKeys, type KeysModel, presetOf } from './keys.model.ts'
import { SettingsFrame } from './settings.frame.tsx'

const reachLabels = { referrals: 'Referrals', reading: 'Read only', all: 'Everything' } as const

/** "Everything", or the number of scopes; the tooltip lists them. */
function describeScopes({ kind, scopes }: ApiKey): string {
  if (kind === 'identity') return 'Signs identity'
  const preset = presetOf(new Set(scopes))
  return preset === 'chosen' ? pluralize(scopes.length, 'scope') : reachLabels[preset]
}

type Change = { kind: 'rotate' | 'revoke'; key: ApiKey }

function KeyRow({ apiKey, onChange }: { apiKey: ApiKey; onChange: ((change: Change) => void) | null }) {
  const { now, me } = useConsole()
  const zone = me.organization.timeZone
  const used = apiKey.lastUsedAt ? `Used ${formatAgo(apiKey.lastUsedAt, now.value, zone)}` : 'Never used yet'
  return (
    <li>
      <span class="what">
        <b>{apiKey.name}</b>
        <small>
          <span class="mono">{apiKey.display}</span>
          {apiKey.kind === 'identity' && (
            <>
              {' · id '}
              <span class="mono">{apiKey.id}</span>
            </>
          )}{' '}
          · {used} · made {formatAgo(apiKey.createdAt, now.value, zone)}
        </small>
        {apiKey.expiresAt && (
          <small class="until">Replaced. Works until {dayAndTime(apiKey.expiresAt, now.value, zone)}.</small>
        )}
      </span>
      <span class="tag" title={apiKey.scopes.join(', ')}>
        {describeScopes(apiKey)}
      </span>
      {onChange && (
        <Menu
          label={`More actions for ${apiKey.name}`}
          buttonClass="btn sm quiet square"
          items={[
            ...(apiKey.replacedBy === null
              ? [{ label: 'Rotate', icon: 'refresh', run: () => onChange({ kind: 'rotate', key: apiKey }) } as const]
              : []),
            { label: 'Revoke', icon: 'trash', danger: true, run: () => onChange({ kind: 'revoke', key: apiKey }) },
          ]}
        >
          <Icon name="ellipsis" />
        </Menu>
      )}
    </li>
  )
}

type ListProps = {
  model: KeysModel
  keys: ApiKey[]
  empty: { title: string; text: string }
  onChange: ((change: Change) => void) | null
}

function List({ model, keys, empty, onChange }: ListProps) {
  const { data, failure } = model.list
  if (!data.value && failure.value) {
    return (
      <ErrorState title="Keys did not load" onRetry={model.list.load}>
        {loadFailureText(failure.value)}
      </ErrorState>
    )
  }
  if (!data.value) return <Skeleton rows={2} label="Loading keys" />
  if (keys.length === 0) {
    return (
      <EmptyState icon="lock" title={empty.title}>
        {empty.text}
      </EmptyState>
    )
  }
  return (
    <ul class="rows">
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} onChange={onChange} />
      ))}
    </ul>
  )
}

const noSecret = { title: 'No secret keys yet', text: 'A server needs one to send referrals and conversions.' }
const noIdentity = {
  title: 'No identity keys yet',
  text: 'Your website needs one to show signed-in customers their own link and rewards.',
}

/** The organization's keys for its own servers: secret keys act, identity keys say who is signed in. */
export function KeysPage() {
  const { client, me } = useConsole()
  const model = useMemo(() => createKeys({ client }), [client])
  const [open, setOpen] = useState<'create' | Change | null>(null)
  useEffect(() => void model.list.load(), [model])
  const writable = me.actor.type === 'member' && may(me.actor.role, 'settings:write')
  const onChange = writable ? setOpen : null
  const start = (kind: 'secret' | 'identity') => {
    model.start(kind)
    setOpen('create')
  }
  const close = () => setOpen(null)
  /** One dialog at a time: a new key is shown alone. */
  const asked = model.created.value ? null : open
  return (
    <SettingsFrame
      section="keys"
      lead="A server of yours signs in with a secret key, and says with an identity key who is signed in on your website. The publishable key for your website is under Install."
      actions={
        writable && (
          <>
            <Button icon="plus" onClick={() => start('identity')}>
              Identity key
            </Button>
            <Button look="primary" icon="plus" onClick={() => start('secret')}>
              Secret key
            </Button>
          </>
        )
      }
    >
      {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
      <section class="card" aria-label="Secret keys">
        <List model={model} keys={model.secrets.value} empty={noSecret} onChange={onChange} />
      </section>
      <section class="card" aria-label="Identity keys">
        <List model={model} keys={model.identityKeys.value} empty={noIdentity} onChange={onChange} />
      </section>
      {asked === 'create' && <CreateKeyDialog model={model} close={close} />}
      {asked !== null && asked !== 'create' && asked.kind === 'rotate' && (
        <RotateDialog apiKey={asked.key} model={model} close={close} />
      )}
      {asked !== null && asked !== 'create' && asked.kind === 'revoke' && (
        <RevokeDialog apiKey={asked.key} model={model} close={close} />
      )}
      <NewSecret model={model} />
    </SettingsFrame>
  )
}
