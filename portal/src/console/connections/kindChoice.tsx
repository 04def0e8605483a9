import { connectionKinds } from '@goodword/contracts'
import type { ConnectionsModel } from './connections.model.ts'
import { kindTexts } from './kinds.labels.ts'

/** The most used first. */
const shown = [...connectionKinds].sort((one, other) => order(one) - order(other))

function order(kind: (typeof connectionKinds)[number]): number {
  return ['stripe', 'shopify', 'woocommerce', 'token', 'standard_webhooks', 'hmac'].indexOf(kind)
}

/** Which system to connect. */
export function KindChoice({ model, title }: { model: ConnectionsModel; title: string }) {
  return (
    <section class="card">
      <header>
        <h2>{title}</h2>
      </header>
      <ul class="kinds">
        {shown.map((kind) => (
          <li key={kind}>
            <button type="button" onClick={() => model.startAdding(kind, kindTexts[kind].label)}>
              <b>{kindTexts[kind].label}</b>
              <small>{kindTexts[kind].for}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
