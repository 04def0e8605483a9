import type { Client } from '@goodword/client'
import {
  type MessageWording,
  SaveWording,
  WhichWording,
  type WordingLanguage,
  type WordingPreview,
} from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { createLater } from '../core/debounce.ts'
import { failureOf } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

type Channel = MessageWording['channel']

const previewAfterMs = 300
export const wordingsPlace = '/console/messages/words'

/** The place of one message's words, for everyone or for friends who read one language. */
export const placeOf = (
  { template, channel }: Pick<MessageWording, 'template' | 'channel'>,
  language: WordingLanguage = 'all',
): string =>
  `${wordingsPlace}?message=${template}&channel=${channel}${language === 'all' ? '' : `&language=${language}`}`

type Text = MessageWording['ours']
/** Whose words somebody reads: written for them alone, written for everyone, or ours. */
export type Whose = 'own' | 'everyone' | 'ours'

/** What those who read `language` get now, and our words for them. */
export function readBy(
  { own, ours, languages }: MessageWording,
  language: WordingLanguage,
): { whose: Whose; text: Text; ours: Text } {
  const theirs = languages.find((one) => one.language === language)
  if (!theirs) return own ? { whose: 'own', text: own, ours } : { whose: 'ours', text: ours, ours }
  if (theirs.own) return { whose: 'own', text: theirs.own, ours: theirs.ours }
  return own
    ? { whose: 'everyone', text: own, ours: theirs.ours }
    : { whose: 'ours', text: theirs.ours, ours: theirs.ours }
}

export const hasOwnWords = ({ own, languages }: MessageWording): boolean =>
  own !== null || languages.some((one) => one.own !== null)

/** The words of each message, and the ones being changed. What is typed stays until it is saved or given up. */
export function createWordings({ client }: { client: Client }) {
  const list = createResource((abort) => client.messageWordings.list(undefined, { signal: abort }))
  const chosen = signal<{ template: string; channel: Channel; language: string } | null>(null)
  const subject = signal('')
  const body = signal('')
  const preview = signal<WordingPreview | null>(null)
  const previewProblem = signal<string | null>(null)
  const sending = createSending()
  const later = createLater(previewAfterMs)

  const current = computed(() => {
    const items = list.data.value?.items ?? []
    const wanted = chosen.value
    return (
      items.find(({ template, channel }) => template === wanted?.template && channel === wanted.channel) ??
      items[0] ??
      null
    )
  })
  /** For everyone where no friend reads the message, whatever the address says. */
  const language = computed(
    () => current.value?.languages.find((one) => one.language === chosen.value?.language)?.language ?? 'all',
  )
  const reading = computed(() => (current.value ? readBy(current.value, language.value) : null))
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
  const given = () => ({ ...which(), subject: subject.value, body: body.value })

  let asked = 0
  async function look() {
    asked += 1
    const mine = asked
    const parsed = SaveWording.safeParse(given())
    if (!parsed.success) return
    try {
      const answer = await client.messageWordings.preview({ body: parsed.data })
      if (mine !== asked) return
      preview.value = answer
      previewProblem.value = null
    } catch (error) {
      if (mine === asked) previewProblem.value = failureOf(error).sentence
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
    if (now) void look()
  }

  function put(wording: MessageWording) {
    const items = list.data.value?.items ?? []
    list.data.value = {
      items: items.map((one) => (one.template === wording.template && one.channel === wording.channel ? wording : one)),
    }
  }

  function type(what: { subject?: string; body?: string }) {
    if (what.subject !== undefined) subject.value = what.subject
    if (what.body !== undefined) body.value = what.body
    later.run(() => void look())
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
    giveUp: fill,
    /** Puts our words for these readers in place of what is there, to be saved or changed. */
    startFromOurs() {
      const text = reading.value?.ours
      if (text) type({ subject: text.subject, body: text.body })
    },
    async save(): Promise<boolean> {
      const input = sending.check(SaveWording.safeParse(given()))
      if (!input) return false
      const asSent = JSON.stringify(given())
      const saved = await sending.send(() => client.messageWordings.save({ body: input }))
      if (!saved) return false
      put(saved)
      // What was typed while the answer was on its way stays, here or at another message.
      if (JSON.stringify(given()) === asSent) fill()
      return true
    },
    /** Back to what these readers got before. */
    async reset(): Promise<boolean> {
      const asked = JSON.stringify(which())
      const parsed = WhichWording.safeParse(which())
      if (!parsed.success) return false
      const saved = await sending.send(() => client.messageWordings.reset({ body: parsed.data }))
      if (!saved) return false
      put(saved)
      if (JSON.stringify(which()) === asked) fill()
      return true
    },
    /** Answers where the test went. */
    async sendTest(): Promise<string | null> {
      const input = sending.check(SaveWording.safeParse(given()))
      if (!input) return null
      const sent = await sending.send(() => client.messageWordings.test({ body: input }))
      return sent?.to ?? null
    },
  }
}

export type WordingsModel = ReturnType<typeof createWordings>
