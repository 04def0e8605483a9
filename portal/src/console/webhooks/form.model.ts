import { AddWebhook, type EventType, UpdateWebhook, type WebhookEndpoint } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'

/** The fields of a new or existing webhook. */
export function createWebhookForm(known: WebhookEndpoint | null) {
  const url = signal(known?.url ?? '')
  const description = signal(known?.description ?? '')
  const every = signal(known === null || known.events.length === 0)
  const chosen = signal<ReadonlySet<EventType>>(new Set(known?.events ?? []))
  const sending = createSending()

  function read() {
    const events = every.value ? [] : [...chosen.value]
    if (!every.value && events.length === 0) return sending.showErrors({ events: 'Choose at least one event.' })
    return { url: url.value, description: description.value, events }
  }

  return {
    url,
    description,
    every,
    chosen,
    sending,
    count: computed(() => chosen.value.size),
    toggle(type: EventType, on: boolean) {
      const next = new Set(chosen.value)
      if (on) next.add(type)
      else next.delete(type)
      chosen.value = next
    },
    /** The body of a new webhook; null when a field is invalid. */
    toAdd() {
      const given = read()
      return given && sending.check(AddWebhook.safeParse(given))
    },
    toUpdate() {
      const given = read()
      return given && sending.check(UpdateWebhook.safeParse(given))
    },
  }
}

export type WebhookForm = ReturnType<typeof createWebhookForm>
