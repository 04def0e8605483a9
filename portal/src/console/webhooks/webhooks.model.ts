import type { Client } from '@goodword/client'
import { signal } from '@preact/signals'
import { createResource } from '../core/resource.ts'
import type { WebhookForm } from './form.model.ts'

/** The webhook endpoints, and adding one. */
export function createWebhooks({ client }: { client: Client }) {
  const list = createResource((abort) => client.webhookEndpoints.list(undefined, { signal: abort }))
  /** The endpoint just created, whose secret is shown. */
  const made = signal<{ id: string; secret: string } | null>(null)
  return {
    list,
    made,
    async add(form: WebhookForm): Promise<boolean> {
      const body = form.toAdd()
      const added = body && (await form.sending.send(() => client.webhookEndpoints.add({ body })))
      if (!added) return false
      made.value = { id: added.id, secret: added.secret }
      void list.load()
      return true
    },
  }
}

export type WebhooksModel = ReturnType<typeof createWebhooks>
