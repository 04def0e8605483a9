import type { PortalHome } from '@goodword/contracts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import type { FreshLink } from '../signIn/freshLink.ts'
import { FreshLinkButton } from '../signIn/freshLinkButton.tsx'
import { say } from '../words.ts'
import type { AccountModel } from './account.model.ts'
import { Addresses } from './addresses.tsx'
import { EraseDialog } from './eraseDialog.tsx'
import { Outcome } from './outcome.tsx'
import { Preferences } from './preferences.tsx'

type PageProps = { model: AccountModel; home: PortalHome; fresh: FreshLink; onBack: () => void; onErased: () => void }

/** Profile, preferences and data. Requires a fresh sign-in link, because a message can be forwarded. */
export function AccountPage({ model, home, fresh, onBack, onErased }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    void model.load()
  }, [home.organization.id, home.scope])
  return (
    <div class="account">
      <button class="btn quiet back" type="button" onClick={onBack}>
        <Icon name="chevron-left" />
        {say('portal.account.back')}
      </button>
      <h1 ref={heading} tabIndex={-1}>
        {say('portal.account.title')}
      </h1>
      <p class="sub">{say('portal.account.line', { organization: home.organization.name })}</p>
      <Body model={model} home={home} fresh={fresh} onErased={onErased} />
    </div>
  )
}

function Body({ model, home, fresh, onErased }: Omit<PageProps, 'onBack'>) {
  if (model.errorText.value) {
    return (
      <ErrorState level={2} title={say('portal.error.account')} retry={say('portal.tryAgain')} onRetry={model.load}>
        {model.errorText.value}
      </ErrorState>
    )
  }
  if (model.state.value === 'locked') {
    return (
      <section class="sec">
        <h2>{say('portal.account.lockedTitle')}</h2>
        <p class="muted">{say('portal.account.lockedLine')}</p>
        <FreshLinkButton model={fresh} onSend={fresh.forSession}>
          {say('portal.signIn.fresh')}
        </FreshLinkButton>
      </section>
    )
  }
  if (!model.account.value) return <div class="sec waiting" role="status" aria-label={say('portal.account.loading')} />
  return (
    <>
      <NameSection model={model} />
      <Addresses model={model} account={model.account.value} />
      <Preferences model={model} account={model.account.value} />
      <DataSection model={model} home={home} onErased={onErased} />
    </>
  )
}

function NameSection({ model }: { model: AccountModel }) {
  const wrong = model.failed.value?.part === 'name'
  const submit = (event: Event) => {
    event.preventDefault()
    void model.saveName()
  }
  return (
    <section class="sec">
      <h2>{say('portal.account.name')}</h2>
      <form class="line" noValidate onSubmit={submit}>
        <div class="field lg">
          <label for="own-name" class="sr-only">
            {say('portal.account.name')}
          </label>
          <input
            id="own-name"
            class="input"
            autocomplete="name"
            maxLength={100}
            value={model.name.value}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby="own-name-says"
            onInput={(event) => {
              model.name.value = event.currentTarget.value
            }}
          />
        </div>
        <button class="btn lg" type="submit" aria-busy={model.busy.value === 'name'}>
          {say('portal.account.save')}
        </button>
      </form>
      <Outcome model={model} part="name" id="own-name-says" done={say('portal.saved')} />
    </section>
  )
}

function DataSection({ model, home, onErased }: Omit<PageProps, 'onBack' | 'fresh'>) {
  const [erasing, setErasing] = useState(false)
  async function save() {
    const file = await model.exportData()
    if (!file) return
    const address = URL.createObjectURL(file)
    const anchor = document.createElement('a')
    anchor.href = address
    anchor.download = 'my-data.json'
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }
  return (
    <section class="sec">
      <h2>{say('portal.account.data')}</h2>
      <p class="muted">{say('portal.account.dataLine')}</p>
      <button class="btn lg" type="button" aria-busy={model.busy.value === 'export'} onClick={save}>
        <Icon name="download" />
        {say(model.busy.value === 'export' ? 'portal.account.downloading' : 'portal.account.download')}
      </button>
      <Outcome model={model} part="export" done={say('portal.account.downloaded')} />
      <button class="btn lg danger erase" type="button" onClick={() => setErasing(true)}>
        <Icon name="trash" />
        {say('portal.erase.title')}
      </button>
      {erasing && <EraseDialog model={model} home={home} onClose={() => setErasing(false)} onErased={onErased} />}
    </section>
  )
}
