import type { Campaign } from '@goodword/contracts'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { focusFirstError } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import '../campaigns/campaigns.css'
import { mayEdit } from '../campaigns/editor.tsx'
import { useCampaigns } from '../core/campaigns.ts'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { pluralize, zoneName } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { createRules, type RulesModel } from './askRules.model.ts'
import { JobsFrame } from './jobs.frame.tsx'
import { TextStatement } from './textStatement.tsx'
import { RuleFields } from './whenToAsk.fields.tsx'
import { Simulation, TextPreview } from './whenToAsk.preview.tsx'

/** The button that saves stands outside of the form; Enter in a field presses it. */
const formId = 'job-rules'

function Actions({ model }: { model: RulesModel }) {
  const count = model.changes.value.length
  const busy = model.sending.busy.value
  return (
    <>
      {count > 0 && (
        <span class="dirty" role="status">
          <Icon name="pencil" />
          {pluralize(count, 'change')} not saved
        </span>
      )}
      <Button look="quiet" disabled={count === 0} onClick={model.discard}>
        Discard
      </Button>
      <Button type="submit" form={formId} look="primary" busy={busy} disabled={count === 0}>
        {busy ? 'Saving…' : 'Save changes'}
      </Button>
    </>
  )
}

function SaveError({ model }: { model: RulesModel }) {
  const failure = model.sending.failure.value
  if (!failure || Object.keys(failure.fields).length > 0) return null
  if (failure.code !== 'campaign_changed') {
    return (
      <Notice tone="bad">
        <b>Not saved.</b> {failure.sentence}
      </Notice>
    )
  }
  return (
    <Notice
      tone="bad"
      action={
        <Button size="sm" busy={model.sending.busy.value} onClick={() => void model.rebase()}>
          Take theirs and keep my changes
        </Button>
      }
    >
      <b>Someone else changed this campaign.</b> Your changes are still here.
    </Notice>
  )
}

function Rules({ published, campaigns }: { published: Campaign; campaigns: readonly Campaign[] }) {
  const { client, me, leaving, toasts, now } = useConsole()
  const { route } = useLocation()
  const form = useRef<HTMLFormElement>(null)
  const model = useMemo(() => createRules(client, published), [client, published])
  const members = useMemo(() => createResource((abort) => client.members.list(undefined, { signal: abort })), [client])
  const scores = useMemo(() => createResource((abort) => client.jobs.scores(undefined, { signal: abort })), [client])
  useEffect(() => void members.load(), [members])
  useEffect(() => void scores.load(), [scores])
  const count = model.changes.value.length
  useEffect(() => {
    leaving.value = count > 0 ? `Leave? ${pluralize(count, 'change')} ${count === 1 ? 'is' : 'are'} not saved.` : null
    return () => {
      leaving.value = null
    }
  }, [count, leaving])
  const writable = mayEdit(me)
  const save = async () => {
    if (await model.save()) toasts.show({ text: 'Rules saved. They count from now on.' })
    else if (form.current) focusFirstError(form.current)
  }
  const choose = (id: string) => {
    if (leaving.value !== null && !confirm(leaving.value)) return
    leaving.value = null
    route(`/console/jobs/ask?campaign=${id}`)
  }
  return (
    <JobsFrame actions={writable ? <Actions model={model} /> : <span />}>
      <SaveError model={model} />
      <div class="editor when-to-ask">
        <div>
          <form
            id={formId}
            noValidate
            ref={form}
            onSubmit={(event) => {
              event.preventDefault()
              void save()
            }}
          >
            <fieldset disabled={!writable}>
              <RuleFields
                model={model}
                zone={zoneName(me.organization.timeZone, now.value)}
                members={(members.data.value?.items ?? []).filter(({ status }) => status === 'active')}
                scores={scores.data.value}
                picker={
                  <Select
                    label="Into the campaign"
                    width="240px"
                    value={published.id}
                    options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
                    onChange={choose}
                  />
                }
              />
            </fieldset>
          </form>
          <TextStatement />
        </div>
        <aside class="prev" aria-label="Preview">
          <Simulation model={model} />
          <TextPreview />
        </aside>
      </div>
    </JobsFrame>
  )
}

/** When customers of finished jobs are asked to refer, and when friends' jobs convert, for one campaign. */
export function WhenToAskPage() {
  const query = useRouteQuery()
  const list = useCampaigns()
  const failure = list.failure.value
  const known = list.data.value?.filter(({ id, status }) => status !== 'ended' || id === query.campaign)
  const asked = known?.find(({ terms }) => terms.jobs?.ask?.on)
  const shown = known?.find(({ id }) => id === query.campaign) ?? asked ?? known?.[0]
  if (known && shown) return <Rules key={shown.id} published={shown} campaigns={known} />
  return (
    <JobsFrame>
      {!known && !failure && <Skeleton rows={6} label="Loading the rules" />}
      {!known && failure && (
        <ErrorState card level={2} title="The rules did not load" onRetry={list.load}>
          {loadFailureText(failure)}
        </ErrorState>
      )}
      {known && (
        <EmptyState
          card
          level={2}
          icon="megaphone"
          title="No campaign to ask for"
          actions={<ButtonLink href="/console/campaigns">Go to campaigns</ButtonLink>}
        >
          Customers are asked to refer in a campaign. Create one, and come back to say when.
        </EmptyState>
      )}
    </JobsFrame>
  )
}
