import type { CompleteRequest, CreditRequest, RefuseRequest, RequestCredit } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { and, eq, sql } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { addressFor, getContact } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { membersToNotify } from '../../platform/members/notices.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import type { NewMessage } from '../../platform/messages/newMessage.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { balanceIn } from '../ledger/ledger.ts'
import { assertAtMost, redeemCredit } from './credit.ts'
import { loadRequest } from './requests.queries.ts'
import { writeAudit } from './rewards.audit.ts'
import { creditRequests } from './rewards.table.ts'

type StoredRequest = typeof creditRequests.$inferSelect

const addRow = preparedInsert(creditRequests)

/**
 * Creates a contact's request to use credit and notifies staff. Throws not_found, validation_failed for a use the
 * organization doesn't offer, or credit_insufficient if open requests exceed the available credit.
 */
export function requestCredit(ctx: Ctx, input: RequestCredit & { contactId: string }): Promise<CreditRequest> {
  return transaction(ctx, async (tx) => {
    const { contactId, amount, currency, use } = input
    const contact = await getContact(tx, contactId)
    const organization = await getOrganization(tx, tx.organizationId)
    if (!organization.creditUses.includes(use)) {
      const message = `${organization.name} does not offer this use of credit.`
      throw new AppError('validation_failed', { detail: message, errors: [{ path: 'use', message }] })
    }
    const balance = await balanceIn(tx, contactId, currency)
    const asked = await openAmount(tx, contactId, currency)
    assertAtMost({ ...balance, available: Math.max(0, balance.available - asked) }, amount)
    const id = tx.newId('creditRequest')
    await addRow(tx.db, {
      id,
      organizationId: tx.organizationId,
      contactId,
      amount,
      currency,
      use,
      note: input.note || null,
      state: 'open',
      answer: null,
      closedBy: null,
      closedAt: null,
      createdAt: tx.clock(),
    })
    await notifyStaff(tx, { id, contactId }, (words) => ({
      organizationName: organization.name,
      firstName: firstName(contact.name),
      amount: words.money(amount, currency),
      use: words.say(`email.use.${use}`),
      requestsUrl: `${tx.config.publicUrl}/console/rewards?tab=requests`,
    }))
    await writeAudit(tx, { action: 'credit.requested', subjectId: contactId, data: { requestId: id, amount, use } })
    await recordEvent(tx, 'credit.requested', { contactId, requestId: id, amount, currency, use })
    return loadRequest(tx, id)
  })
}

/** Withdraws the contact's own request. Throws not_found, or request_closed if it was completed or rejected. */
export function withdrawRequest(ctx: Ctx, contactId: string, id: string): Promise<CreditRequest> {
  return transaction(ctx, async (tx) => {
    const request = await loadRequest(tx, id)
    if (request.contact.id !== contactId) throw new AppError('not_found')
    await closeRequest(tx, id, 'withdrawn', null)
    return loadRequest(tx, id)
  })
}

/**
 * Completes a request: records the redemption in the same transaction and notifies the contact. Throws not_found,
 * request_closed, credit_insufficient if the credit was used in the meantime, or validation_failed for a payout on a day to come.
 */
export function completeRequest(ctx: Ctx, id: string, input: CompleteRequest): Promise<CreditRequest> {
  return transaction(ctx, async (tx) => {
    const { contactId, amount, currency, use } = await closeRequest(tx, id, 'done', input.answer ?? null)
    const payout = input.payout ?? (use === 'payout' ? {} : undefined)
    await redeemCredit(tx, contactId, { amount, currency, note: input.note, payout }, id)
    await notifyContact(tx, id, 'credit_request_done')
    return loadRequest(tx, id)
  })
}

/**
 * Rejects a request with a reason; the credit stays, and the contact is notified. Throws not_found or request_closed.
 */
export function rejectRequest(ctx: Ctx, id: string, input: RefuseRequest): Promise<CreditRequest> {
  return transaction(ctx, async (tx) => {
    await closeRequest(tx, id, 'refused', input.answer)
    await notifyContact(tx, id, 'credit_request_refused')
    return loadRequest(tx, id)
  })
}

async function closeRequest(
  tx: Ctx,
  id: string,
  state: Exclude<StoredRequest['state'], 'open'>,
  answer: string | null,
): Promise<StoredRequest> {
  const mine = and(eq(creditRequests.organizationId, tx.organizationId), eq(creditRequests.id, id))
  const [closed] = await tx.db
    .update(creditRequests)
    .set({ state, answer, closedBy: actorKey(tx.actor), closedAt: tx.clock() })
    .where(and(mine, eq(creditRequests.state, 'open')))
    .returning()
  if (!closed) {
    await loadRequest(tx, id)
    throw new AppError('request_closed')
  }
  const data = { requestId: id, amount: closed.amount }
  await writeAudit(tx, { action: `credit.request_${state}`, subjectId: closed.contactId, data })
  return closed
}

async function openAmount(tx: Ctx, contactId: string, currency: StoredRequest['currency']): Promise<number> {
  const row = await tx.db
    .select({ amount: sql<number>`coalesce(sum(${creditRequests.amount}), 0)` })
    .from(creditRequests)
    .where(
      and(
        eq(creditRequests.organizationId, tx.organizationId),
        eq(creditRequests.contactId, contactId),
        eq(creditRequests.currency, currency),
        eq(creditRequests.state, 'open'),
      ),
    )
    .get()
  return row?.amount ?? 0
}

async function notifyStaff(
  tx: Ctx,
  { id, contactId }: { id: string; contactId: string },
  values: NewMessage<'credit_requested_staff'>['values'],
): Promise<void> {
  for (const member of await membersToNotify(tx)) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      personId: member.personId,
      mentions: [contactId],
      channel: 'email',
      to: member.email,
      name: member.name,
      template: 'credit_requested_staff',
      values,
      idempotencyKey: `request:${id}:staff:${member.personId}`,
    })
  }
}

async function notifyContact(
  tx: Ctx,
  id: string,
  template: 'credit_request_done' | 'credit_request_refused',
): Promise<void> {
  const { contact, amount, currency, use, answer } = await loadRequest(tx, id)
  const reach = await addressFor(tx, contact.id)
  if (!reach) return
  const { name: organizationName } = await getOrganization(tx, tx.organizationId)
  const { language } = await getContact(tx, contact.id)
  const common = (words: Words) => ({
    organizationName,
    firstName: firstName(contact.name),
    amount: words.money(amount, currency),
  })
  const message = {
    organizationId: tx.organizationId,
    contactId: contact.id,
    mentions: [],
    ...reach,
    name: contact.name,
    language,
    link: 'portal_view',
    idempotencyKey: `request:${id}:answered`,
  } as const
  if (template === 'credit_request_done') {
    const values = (words: Words) => ({ ...common(words), use: words.say(`email.use.${use}`), answer })
    await queueMessage(tx, { ...message, template, values })
  } else {
    await queueMessage(tx, { ...message, template, values: (words) => ({ ...common(words), answer: answer ?? '' }) })
  }
}
