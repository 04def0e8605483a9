import type { Site, WebsiteForm } from '@goodword/contracts'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { formatAgo } from '../core/relativeDates.ts'
import { type FormsModel, fieldLabels, pageOfForm, tryAddress, verdictOf } from './forms.model.ts'

/** A form of the website: what is understood of it, field by field. */
export function FormRow({ form }: { form: WebsiteForm }) {
  const { now, me } = useConsole()
  const page = pageOfForm(form)
  const { good, sentence } = verdictOf(form)
  const where = `${form.origin?.replace(/^https?:\/\//, '') ?? ''}${form.page}`
  const seen = formatAgo(form.at, Math.max(now.value, Date.now()), me.organization.timeZone)
  return (
    <li class={good ? 'good' : 'not'}>
      <Icon name={good ? 'check' : 'alert'} />
      <div>
        <p class="what">
          <b class="mono">{where}</b>
          <small>
            {form.form && `Form “${form.form}”, `}seen {seen}
          </small>
        </p>
        <p class="verdict">{sentence}</p>
        <dl>
          {form.fields.map(({ label, field }, at) => (
            <div key={`${at}${label}`}>
              <dt>{label || 'Field without a label'}</dt>
              <dd class={field ? '' : 'muted'}>{field ? fieldLabels[field] : 'Not used'}</dd>
            </div>
          ))}
        </dl>
        {page && (
          <a class="btn sm" href={tryAddress(page)} target="_blank" rel="noopener" aria-label={`Try it: ${where}`}>
            <Icon name="external" />
            Try it
          </a>
        )}
      </div>
    </li>
  )
}

/** Opens any page of an allowed website to see what is understood there. */
function TryPage({ model, sites }: { model: FormsModel; sites: Site[] }) {
  return (
    <form
      class="orgadd"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        model.tryPage(sites)
      }}
    >
      <TextField
        label="Page with your form"
        hiddenLabel
        type="url"
        mono
        placeholder="https://www.example.com/contact"
        value={model.typed.value}
        error={model.problem.value ?? undefined}
        onInput={(text) => {
          model.typed.value = text
        }}
      />
      <Button type="submit" icon="external">
        Try it
      </Button>
    </form>
  )
}

/** The newest forms of the websites. */
export function SiteForms({ model, sites }: { model: FormsModel; sites: Site[] }) {
  const { data, failure, load } = model.newest
  const items = data.value?.items ?? []
  return (
    <div class="card">
      {!data.value && failure.value && (
        <ErrorState title="Forms did not load" level={3} onRetry={() => void load()}>
          {loadFailureText(failure.value)}
        </ErrorState>
      )}
      {!data.value && !failure.value && <Skeleton rows={2} label="Loading forms" />}
      {data.value && items.length === 0 && (
        <p class="none">
          No form seen yet. Add data-goodword to your form and try its page here. A panel on the page shows which fields
          are understood, and nothing you type there is sent. Without a panel, the page has no tag or no such form.
        </p>
      )}
      <ul class="site-forms">
        {items.map((form) => (
          <FormRow key={form.id} form={form} />
        ))}
      </ul>
      {data.value?.nextCursor && (
        <p class="more">
          <ButtonLink href="/console/install/forms" size="sm" look="quiet">
            See all forms
          </ButtonLink>
        </p>
      )}
      <TryPage model={model} sites={sites} />
    </div>
  )
}
