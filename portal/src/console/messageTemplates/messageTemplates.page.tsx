import type { MessageTemplate, TemplateLanguage } from '@goodword/contracts'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { Field, TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { AudienceSelect } from './audienceSelect.tsx'
import {
  createMessageTemplates,
  isCustomized,
  type MessageTemplatesModel,
  type TemplateSource,
  templatePath,
} from './messageTemplates.model.ts'
import { EmailPreview, TextPreview } from './previews.tsx'
import './messageTemplates.css'

function TemplateList({ model }: { model: MessageTemplatesModel }) {
  const current = model.current.value
  const items = (model.list.data.value?.items ?? []).filter(({ channel }) => channel === 'email')
  const all = model.list.data.value?.items ?? []
  return (
    <nav class="card words-list" aria-label="Messages">
      <ul>
        {items.map((template) => {
          const own = all.some((one) => one.template === template.template && isCustomized(one))
          const href = templatePath({ ...template, channel: current?.channel ?? 'email' }, model.language.value)
          return (
            <li key={template.template}>
              <a href={href} aria-current={template.template === current?.template ? 'page' : undefined}>
                <b>{template.title}</b>
                {own && <span class="tag">Customized</span>}
                <small>{template.when}</small>
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function Placeholders({ template, insert }: { template: MessageTemplate; insert: (text: string) => void }) {
  const tokens = [...template.tokens, { name: 'link', example: 'the link to their portal' }]
  return (
    <div class="tokens">
      <p class="muted">Insert a placeholder. If it’s empty for someone, its paragraph is skipped.</p>
      <ul>
        {tokens.map(({ name, example }) => (
          <li key={name}>
            <button class="tag" type="button" title={`Such as ${example}`} onClick={() => insert(`{{${name}}}`)}>
              {`{{${name}}}`}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Choose = (language: TemplateLanguage) => void

const sourceLabels: Record<TemplateSource, string> = {
  own: 'Customized',
  everyone: 'Customized for everyone',
  ours: 'Default',
}

function Editor({
  model,
  template,
  choose,
}: {
  model: MessageTemplatesModel
  template: MessageTemplate
  choose: Choose
}) {
  const { toasts, me } = useConsole()
  const area = useRef<HTMLTextAreaElement>(null)
  const { errors, failure, busy } = model.sending
  const mayWrite = isAdmin(me)
  const source = model.reading.value?.source ?? 'ours'
  const forEveryone = model.language.value !== 'all' && template.own !== null
  const insert = (text: string) => {
    const field = area.current
    if (!field) return
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    model.type({ body: field.value })
    field.focus()
  }
  const save = async () => {
    if (await model.save()) toasts.show({ icon: 'check', text: 'Saved. New messages use this template.' })
  }
  const test = async () => {
    const to = await model.sendTest()
    if (to)
      toasts.show({
        icon: 'mail',
        text: me.delivery === 'kept' ? 'The test is saved under Messages.' : `A test is on its way to ${to}.`,
      })
  }
  const reset = async () => {
    if (await model.reset()) toasts.show({ icon: 'undo', text: 'The message uses the default template again.' })
  }
  return (
    <form
      class="card words-editor"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <header>
        <h2>{template.title}</h2>
        <span class="tag">{sourceLabels[source]}</span>
      </header>
      <div class="body">
        {failure.value && Object.keys(errors.value).length === 0 && (
          <Notice tone="bad">{failure.value.sentence}</Notice>
        )}
        <AudienceSelect model={model} template={template} onChoose={choose} />
        <fieldset disabled={!mayWrite}>
          {template.channel === 'email' && (
            <TextField
              label="Subject"
              value={model.subject.value}
              error={errors.value.subject}
              onInput={(subject) => model.type({ subject })}
            />
          )}
          <Field label={template.channel === 'email' ? 'Email' : 'Text'} error={errors.value.body}>
            {(control) => (
              <textarea
                {...control}
                ref={area}
                lang={model.language.value === 'all' ? undefined : model.language.value}
                class="input"
                rows={template.channel === 'email' ? 14 : 5}
                value={model.body.value}
                onInput={(event) => model.type({ body: event.currentTarget.value })}
              />
            )}
          </Field>
          {mayWrite && <Placeholders template={template} insert={insert} />}
        </fieldset>
        {!mayWrite && <p class="muted">Only owners and admins can change templates.</p>}
      </div>
      {mayWrite && (
        <footer class="row">
          <Button type="submit" look="primary" busy={busy.value} disabled={!model.dirty.value}>
            Save
          </Button>
          <Button busy={busy.value} onClick={() => void test()}>
            Send me a test
          </Button>
          {model.dirty.value && (
            <Button look="quiet" onClick={model.discard}>
              Discard changes
            </Button>
          )}
          {source === 'own' && !model.dirty.value && (
            <Button look="quiet" busy={busy.value} onClick={() => void reset()}>
              {forEveryone ? 'Use your template for everyone' : 'Reset to default'}
            </Button>
          )}
          {source === 'everyone' && !model.dirty.value && (
            <Button look="quiet" onClick={model.startFromDefault}>
              Start from the default
            </Button>
          )}
        </footer>
      )}
    </form>
  )
}

function Preview({ model, template }: { model: MessageTemplatesModel; template: MessageTemplate }) {
  const preview = model.preview.value
  const language = model.language.value === 'all' ? undefined : model.language.value
  return (
    <section class="words-preview" aria-label="Preview">
      <p class="muted">As {template.languages.length > 0 ? 'they' : 'Anna'} would read it</p>
      {model.previewProblem.value && <Notice tone="warn">{model.previewProblem.value}</Notice>}
      {preview &&
        (template.channel === 'email' ? (
          <EmailPreview preview={preview} language={language} />
        ) : (
          <TextPreview preview={preview} language={language} />
        ))}
    </section>
  )
}

function Body({ model, choose }: { model: MessageTemplatesModel; choose: Choose }) {
  const failure = model.list.failure.value
  const template = model.current.value
  if (failure && !template) {
    return (
      <ErrorState level={2} title="The templates did not load" onRetry={model.load}>
        {loadFailureText(failure)}
      </ErrorState>
    )
  }
  if (!template) return <Skeleton rows={8} label="Loading the templates" />
  return (
    <div class="words">
      <TemplateList model={model} />
      <Editor key={`${template.template}:${template.channel}`} model={model} template={template} choose={choose} />
      <Preview model={model} template={template} />
    </div>
  )
}

/** The message templates: our defaults, customized where the organization wants. */
export function MessageTemplatesPage() {
  const { client, leaving } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const model = useMemo(() => createMessageTemplates({ client }), [client])
  useEffect(() => void model.load(), [model])
  useEffect(
    () => model.choose(query.message, query.channel, query.language),
    [model, query.message, query.channel, query.language],
  )
  const dirty = model.dirty.value
  useEffect(() => {
    leaving.value = dirty ? 'Leave without saving your changes to this message?' : null
    return () => {
      leaving.value = null
    }
  }, [dirty, leaving])
  const current = model.current.value
  /** Switching templates stays on this page, so the leave guard does not run: ask here. */
  const navigate = (place: string) => {
    if (!dirty || confirm('Your changes to this message aren’t saved. Continue anyway?')) route(place)
  }
  return (
    <Page
      title="Message templates"
      crumb={{ href: '/console/messages', label: 'Messages' }}
      actions={
        current && (
          <Segmented
            label="Channel"
            value={current.channel}
            options={[
              { value: 'email', label: 'Email' },
              { value: 'sms', label: 'Text' },
            ]}
            onChange={(channel) => navigate(templatePath({ ...current, channel }, model.language.value))}
          />
        )
      }
    >
      <Body model={model} choose={(language) => current && navigate(templatePath(current, language))} />
    </Page>
  )
}
