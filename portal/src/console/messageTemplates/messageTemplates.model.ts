import type { Client } from '@goodword/client'
import {
  type MessageTemplate,
  MessageTemplateKey,
  type MessageTemplatePreview,
  SaveMessageTemplate,
  type TemplateLanguage,
} from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import { toFailure } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

type Channel = MessageTemplate['channel']

const previewAfterMs = 300
export const templatesPath = '/console/messages/words'

/** The URL of one message template, for everyone or for friends who read one language. */
export const templatePath = (
  { template, channel }: Pick<MessageTemplate, 'template' | 'channel'>,
  language: TemplateLanguage = 'all',
): string =>
  `${templatesPath}?message=${template}&channel=${channel}${language === 'all' ? '' : `&language=${language}`}`

type Text = MessageTemplate['ours']
/** Which text applies: customized for this language, customized for everyone, or our default. */
export type TemplateSource = 'own' | 'everyone' | 'ours'

/** The text that readers of `language` get now, and our default for them. */
export function resolveTemplate(
  { own, ours, languages }: MessageTemplate,
  language: TemplateLanguage,
): { source: TemplateSource; text: Text; ours: Text } {
  const translated = languages.find((one) => one.language === language)
  if (!translated) return own ? { source: 'own', text: own, ours } : { source: 'ours', text: ours, ours }
  if (translated.own) return { source: 'own', text: translated.own, ours: translated.ours }
  return own
    ? { source: 'everyone', text: own, ours: translated.ours }
    : { source: 'ours', text: translated.ours, ours: translated.ours }
}

export const isCustomized = ({ own, languages }: MessageTemplate): boolean =>
  own !== null || languages.some((one) => one.own !== null)

/** The message templates and the one being edited. Typed text stays until it is saved or discarded. */
export function createMessageTemplates({ client }: { client: Client }) {
  const list = createResource((abort) => client.messageTemplates.list(undefined, { signal: abort }))
  const chosen = signal<{ template: string; channel: Channel; language: string } | null>(null)
  const subject = signal('')
  const body = signal('')
  const preview = signal<MessageTemplatePreview | null>(null)
  const previewProblem = signal<string | null>(null)
  const sending = createSending()
  const debounced = createDebounce(previewAfterMs)

  const current = computed(() => {
    const items = list.data.value?.items ?? []
    const wanted = chosen.value
    return (
      items.find(({ template, channel }) => template === wanted?.template && channel === wanted.channel) ??
      items[0] ??
      null
    )
  })
  /** Falls back to "all" when the URL names a language the template does not have. */
  const language = computed(
    () => current.value?.languages.find((one) => one.language === chosen.value?.language)?.language ?? 'all',
  )
  const reading = computed(() => (current.value ? resolveTemplate(current.value, language.value) : null))
  const dirty = computed(() => {
    const saved = reading.value?.text
    if (!saved) return false
    return subject.value !== saved.subject || body.value !== saved.body
  })
  const which = () => ({
    template: current.value?.template,
    channel: current.value?.channel,
    ...(language.value === 'all' ? {} : { language: language.value }),
  })
  const draft = () => ({ ...which(), subject: subject.value, body: body.value })

  let requests = 0
  async function loadPreview() {
    requests += 1
    const request = requests
    const parsed = SaveMessageTemplate.safeParse(draft())
    if (!parsed.success) return
    try {
      const answer = await client.messageTemplates.preview({ body: parsed.data })
      if (request !== requests) return
      preview.value = answer
      previewProblem.value = null
    } catch (error) {
      if (request === requests) previewProblem.value = toFailure(error).sentence
    }
  }

  function fill() {
    const now = current.value
    batch(() => {
      subject.value = reading.value?.text.subject ?? ''
      body.value = reading.value?.text.body ?? ''
      sending.errors.value = {}
      sending.failure.value = null
      preview.value = null
    })
    if (now) void loadPreview()
  }

  function put(template: MessageTemplate) {
    const items = list.data.value?.items ?? []
    list.data.value = {
      items: items.map((one) =>
        one.template === template.template && one.channel === template.channel ? template : one,
      ),
    }
  }

  function type(what: { subject?: string; body?: string }) {
    if (what.subject !== undefined) subject.value = what.subject
    if (what.body !== undefined) body.value = what.body
    debounced.run(() => void loadPreview())
  }

  return {
    list,
    current,
    language,
    reading,
    subject,
    body,
    dirty,
    preview,
    previewProblem,
    sending,
    async load() {
      await list.load()
      fill()
    },
    choose(template: string | undefined, channel: string | undefined, language?: string) {
      const next = {
        template: template ?? '',
        channel: channel === 'sms' ? ('sms' as const) : ('email' as const),
        language: language ?? 'all',
      }
      const now = chosen.value
      if (next.template === now?.template && next.channel === now.channel && next.language === now.language) return
      chosen.value = next
      fill()
    },
    type,
    discard: fill,
    /** Puts our default in the editor, to be saved or changed. */
    startFromDefault() {
      const text = reading.value?.ours
      if (text) type({ subject: text.subject, body: text.body })
    },
    async save(): Promise<boolean> {
      const input = sending.check(SaveMessageTemplate.safeParse(draft()))
      if (!input) return false
      const asSent = JSON.stringify(draft())
      const saved = await sending.send(() => client.messageTemplates.save({ body: input }))
      if (!saved) return false
      put(saved)
      // Text typed while the request was in flight stays, here or on another template.
      if (JSON.stringify(draft()) === asSent) fill()
      return true
    },
    /** Removes the customized text for these readers. */
    async reset(): Promise<boolean> {
      const asked = JSON.stringify(which())
      const parsed = MessageTemplateKey.safeParse(which())
      if (!parsed.success) return false
      const saved = await sending.send(() => client.messageTemplates.reset({ body: parsed.data }))
      if (!saved) return false
      put(saved)
      if (JSON.stringify(which()) === asked) fill()
      return true
    },
    /** Resolves to the address the test was sent to. */
    async sendTest(): Promise<string | null> {
      const input = sending.check(SaveMessageTemplate.safeParse(draft()))
      if (!input) return null
      const sent = await sending.send(() => client.messageTemplates.test({ body: input }))
      return sent?.to ?? null
    },
  }
}

export type MessageTemplatesModel = ReturnType<typeof createMessageTemplates>
