import type { MessageWording, WordingLanguage } from '@goodword/contracts'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { Field, TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { isAdmin } from '../core/administers.ts'
import { useConsole } from '../core/console.ts'
import { loadSentence } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { useOwnQuery } from '../core/ownQuery.ts'
import { Page } from '../core/page.tsx'
import { Letter, PhoneText } from './letter.tsx'
import { Readers } from './readers.tsx'
import { createWordings, hasOwnWords, placeOf, type Whose, type WordingsModel } from './wordings.model.ts'
import './wordings.css'

function Choice({ model }: { model: WordingsModel }) {
  const current = model.current.value
  const items = (model.list.data.value?.items ?? []).filter(({ channel }) => channel === 'email')
  const all = model.list.data.value?.items ?? []
  return (
    <nav class="card words-list" aria-label="Messages">
      <ul>
        {items.map((wording) => {
          const own = all.some((one) => one.template === wording.template && hasOwnWords(one))
          const href = placeOf({ ...wording, channel: current?.channel ?? 'email' }, model.language.value)
          return (
            <li key={wording.template}>
              <a href={href} aria-current={wording.template === current?.template ? 'page' : undefined}>
                <b>{wording.title}</b>
                {own && <span class="tag">Yours</span>}
                <small>{wording.when}</small>
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function Tokens({ wording, insert }: { wording: MessageWording; insert: (text: string) => void }) {
  const tokens = [...wording.tokens, { name: 'link', example: 'the link to their portal' }]
  return (
    <div class="tokens">
      <p class="muted">What differs from person to person. A paragraph with one that has nothing to say is left out.</p>
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

type Choose = (language: WordingLanguage) => void

const whoseWords: Record<Whose, string> = { own: 'Your words', everyone: 'Your words for everyone', ours: 'Our words' }

function Editor({ model, wording, choose }: { model: WordingsModel; wording: MessageWording; choose: Choose }) {
  const { toasts, me } = useConsole()
  const area = useRef<HTMLTextAreaElement>(null)
  const { errors, failure, busy } = model.sending
  const mayWrite = isAdmin(me)
  const whose = model.reading.value?.whose ?? 'ours'
  const forEveryone = model.language.value !== 'all' && wording.own !== null
  const insert = (text: string) => {
    const field = area.current
    if (!field) return
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    model.type({ body: field.value })
    field.focus()
  }
  const save = async () => {
    if (await model.save()) toasts.show({ icon: 'check', text: 'From now on the message says this.' })
  }
  const test = async () => {
    const to = await model.sendTest()
    if (to)
      toasts.show({
        icon: 'mail',
        text: me.delivery === 'kept' ? 'The test stands under Messages.' : `A test is on its way to ${to}.`,
      })
  }
  const reset = async () => {
    if (await model.reset()) toasts.show({ icon: 'undo', text: 'Your words are gone from this message.' })
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
        <h2>{wording.title}</h2>
        <span class="tag">{whoseWords[whose]}</span>
      </header>
      <div class="body">
        {failure.value && Object.keys(errors.value).length === 0 && (
          <Notice tone="bad">{failure.value.sentence}</Notice>
        )}
        <Readers model={model} wording={wording} onChoose={choose} />
        <fieldset disabled={!mayWrite}>
          {wording.channel === 'email' && (
            <TextField
              label="Subject"
              value={model.subject.value}
              error={errors.value.subject}
              onInput={(subject) => model.type({ subject })}
            />
          )}
          <Field label={wording.channel === 'email' ? 'Mail' : 'Text'} error={errors.value.body}>
            {(control) => (
              <textarea
                {...control}
                ref={area}
                lang={model.language.value === 'all' ? undefined : model.language.value}
                class="input"
                rows={wording.channel === 'email' ? 14 : 5}
                value={model.body.value}
                onInput={(event) => model.type({ body: event.currentTarget.value })}
              />
            )}
          </Field>
          {mayWrite && <Tokens wording={wording} insert={insert} />}
        </fieldset>
        {!mayWrite && <p class="muted">Owners and admins change what messages say.</p>}
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
            <Button look="quiet" onClick={model.giveUp}>
              Discard changes
            </Button>
          )}
          {whose === 'own' && !model.dirty.value && (
            <Button look="quiet" busy={busy.value} onClick={() => void reset()}>
              {forEveryone ? 'Use your words for everyone' : 'Use our words again'}
            </Button>
          )}
          {whose === 'everyone' && !model.dirty.value && (
            <Button look="quiet" onClick={model.startFromOurs}>
              Start from our words
            </Button>
          )}
        </footer>
      )}
    </form>
  )
}

function Preview({ model, wording }: { model: WordingsModel; wording: MessageWording }) {
  const preview = model.preview.value
  const language = model.language.value === 'all' ? undefined : model.language.value
  return (
    <section class="words-preview" aria-label="How it reads">
      <p class="muted">As {wording.languages.length > 0 ? 'they' : 'Anna'} would read it</p>
      {model.previewProblem.value && <Notice tone="warn">{model.previewProblem.value}</Notice>}
      {preview &&
        (wording.channel === 'email' ? (
          <Letter preview={preview} language={language} />
        ) : (
          <PhoneText preview={preview} language={language} />
        ))}
    </section>
  )
}

function Body({ model, choose }: { model: WordingsModel; choose: Choose }) {
  const failure = model.list.failure.value
  const wording = model.current.value
  if (failure) {
    return (
      <ErrorState level={2} title="The messages did not load" onRetry={model.load}>
        {loadSentence(failure)}
      </ErrorState>
    )
  }
  if (!wording) return <Skeleton rows={8} label="Loading the messages" />
  return (
    <div class="words">
      <Choice model={model} />
      <Editor key={`${wording.template}:${wording.channel}`} model={model} wording={wording} choose={choose} />
      <Preview model={model} wording={wording} />
    </div>
  )
}

/** What each message says: ours to begin with, the organization's own where it wants. */
export function WordingsPage() {
  const { client, leaving } = useConsole()
  const { route } = useLocation()
  const query = useOwnQuery()
  const model = useMemo(() => createWordings({ client }), [client])
  useEffect(() => void model.load(), [model])
  useEffect(
    () => model.choose(query.message, query.channel, query.language),
    [model, query.message, query.channel, query.language],
  )
  const dirty = model.dirty.value
  useEffect(() => {
    leaving.value = dirty ? 'Leave? What you changed in this message is not saved.' : null
    return () => {
      leaving.value = null
    }
  }, [dirty, leaving])
  const current = model.current.value
  /** Within one message the guard of unsaved words is asked here. */
  const go = (place: string) => {
    if (!dirty || confirm('What you changed in this message is not saved. Go on?')) route(place)
  }
  return (
    <Page
      title="What messages say"
      crumb={{ href: '/console/messages', label: 'Messages' }}
      actions={
        current && (
          <Segmented
            label="Channel"
            value={current.channel}
            options={[
              { value: 'email', label: 'Mail' },
              { value: 'sms', label: 'Text' },
            ]}
            onChange={(channel) => go(placeOf({ ...current, channel }, model.language.value))}
          />
        )
      }
    >
      <Body model={model} choose={(language) => current && go(placeOf(current, language))} />
    </Page>
  )
}
