import type { Client } from '@goodword/client'
import { type MessageWording, SaveWording, type WordingPreview } from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { failureOf } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createLater } from '../core/later.ts'
import { createResource } from '../core/resource.ts'

type Channel = MessageWording['channel']

const previewAfterMs = 300
export const wordingsPlace = '/console/messages/words'

/** The place of one message's words. */
export const placeOf = ({ template, channel }: Pick<MessageWording, 'template' | 'channel'>): string =>
  `${wordingsPlace}?message=${template}&channel=${channel}`

const textOf = ({ own, ours }: MessageWording) => own ?? ours

/** The words of each message, and the ones being changed. What is typed stays until it is saved or given up. */
export function createWordings({ client }: { client: Client }) {
  const list = createResource((abort) => client.messageWordings.list(undefined, { signal: abort }))
  const chosen = signal<{ template: string; channel: Channel } | null>(null)
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
  const dirty = computed(() => {
    const now = current.value
    if (!now) return false
    const saved = textOf(now)
    return subject.value !== saved.subject || body.value !== saved.body
  })
  const given = () => {
    const now = current.value
    return { template: now?.template, channel: now?.channel, subject: subject.value, body: body.value }
  }

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
      subject.value = now ? textOf(now).subject : ''
      body.value = now ? textOf(now).body : ''
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

  return {
    list,
    current,
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
    choose(template: string | undefined, channel: string | undefined) {
      const next = { template: template ?? '', channel: channel === 'sms' ? ('sms' as const) : ('email' as const) }
      if (next.template === chosen.value?.template && next.channel === chosen.value.channel) return
      chosen.value = next
      fill()
    },
    type(what: { subject?: string; body?: string }) {
      if (what.subject !== undefined) subject.value = what.subject
      if (what.body !== undefined) body.value = what.body
      later.run(() => void look())
    },
    giveUp: fill,
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
    /** Back to our words. */
    async reset(): Promise<boolean> {
      const now = current.value
      if (!now) return false
      const { template, channel } = now
      const saved = await sending.send(() => client.messageWordings.reset({ body: { template, channel } }))
      if (!saved) return false
      put(saved)
      if (current.value?.template === template && current.value.channel === channel) fill()
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
