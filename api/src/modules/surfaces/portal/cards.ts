import type { PortalCard } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { type Delivery, isDelivered } from '../../money/rewards/deliveries.ts'

type Setting = { timeZone: string; words: Words }

/** What the contact uses a delivered gift card by, or where the provider emailed it; null while there is none. */
export function cardOf({ actor }: Ctx, delivery: Delivery | null, setting: Setting): PortalCard | null {
  if (delivery?.kind !== 'gift_card' || delivery.doneAt === null || delivery.state === 'canceled') return null
  const { code, link, way } = delivery
  const isFull = actor.type === 'contact' && actor.scope === 'full'
  if (way === 'email') return { code: null, link: null, locked: false, emailed: emailedTo(delivery, isFull, setting) }
  if (code === null && link === null) return null
  const card = isFull ? { code, link, locked: false } : { code: null, link: null, locked: true }
  return { ...card, emailed: null }
}

/** A link in an older message may have been passed on, so the address takes a fresh one. */
function emailedTo(delivery: Delivery, isFull: boolean, { timeZone, words }: Setting): string {
  const { say } = words
  const email = isFull ? delivery.askedEmail : null
  if (!isDelivered(delivery)) {
    return email === null ? say('credit.card.returned') : say('credit.card.returnedFrom', { email })
  }
  const day = words.day(delivery.doneAt ?? delivery.updatedAt, timeZone)
  const sent = email === null ? say('credit.card.sent', { day }) : say('credit.card.sentTo', { email, day })
  return `${sent} ${say('credit.card.missing')}`
}
