import type { GiftCardAccount, SetGiftCardAccount } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { assertAdmin } from '../../../../shared/admins.ts'
import { actorKey, type Ctx, transaction } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../../shared/pages.ts'
import { seal, unseal } from '../../../../shared/sealing.ts'
import { giftCardSettings } from '../deliveries.table.ts'
import { writeAudit } from '../rewards.audit.ts'
import { GiftCardError, type GiftCards } from './giftCards.ts'
import { tremendous } from './tremendous.ts'

type Row = typeof giftCardSettings.$inferSelect

const addresses = {
  production: 'https://api.tremendous.com/api/v2',
  sandbox: 'https://testflight.tremendous.com/api/v2',
}

/** Where Tremendous sends its events. */
export const cardEventsPath = '/v1/gift-cards/tremendous/'

const purposeOf = (organizationId: string, what: 'key' | 'webhook') => `gift cards ${organizationId} ${what}`
const keep = ({ signer, organizationId }: Ctx, what: 'key' | 'webhook', secret: string) =>
  seal(signer, purposeOf(organizationId, what), secret)
const open = ({ signer, organizationId }: Ctx, what: 'key' | 'webhook', sealed: string) =>
  unseal(signer, purposeOf(organizationId, what), sealed)

const findRow = (ctx: Ctx): Promise<Row | undefined> =>
  ctx.db.select().from(giftCardSettings).where(eq(giftCardSettings.organizationId, ctx.organizationId)).get()

/** The organization's account at the provider, without its secrets. */
export async function getGiftCardAccount(ctx: Ctx): Promise<GiftCardAccount> {
  const row = await findRow(ctx)
  const webhookUrl = `${ctx.config.publicUrl}${cardEventsPath}${ctx.organizationId}`
  if (!row) return { account: null, webhookUrl }
  const { environment, providerCampaign: campaignId, fundingSource: fundingSourceId } = row
  return {
    account: {
      environment,
      campaignId,
      fundingSourceId,
      // False after the installation got another secret: the key can't be read then.
      isKeyReadable: open(ctx, 'key', row.apiKey) !== null,
      hasWebhookKey: row.webhookKey !== null,
      lastEventAt: isoOrNull(row.lastEventAt),
      updatedAt: iso(row.updatedAt),
    },
    webhookUrl,
  }
}

/**
 * Connects an account, or changes it; secrets that are absent stay. Throws forbidden, or secret_needed if the key is missing.
 */
export function setGiftCardAccount(ctx: Ctx, input: SetGiftCardAccount): Promise<GiftCardAccount> {
  return transaction(ctx, async (tx) => {
    assertAdmin(tx)
    const before = await findRow(tx)
    const apiKey = input.apiKey === undefined ? before?.apiKey : keep(tx, 'key', input.apiKey)
    if (apiKey === undefined) throw new AppError('secret_needed', { detail: 'Enter the API key of Tremendous.' })
    const { environment, campaignId, fundingSourceId } = input
    const webhookKey =
      input.webhookKey === undefined ? (before?.webhookKey ?? null) : sealedOrNull(tx, input.webhookKey)
    const row = { environment, providerCampaign: campaignId, fundingSource: fundingSourceId, apiKey, webhookKey }
    const stamps = { updatedBy: actorKey(tx.actor), updatedAt: tx.clock() }
    await tx.db
      .insert(giftCardSettings)
      .values({ organizationId: tx.organizationId, lastEventAt: null, ...row, ...stamps })
      .onConflictDoUpdate({ target: giftCardSettings.organizationId, set: { ...row, ...stamps } })
    const action = before ? 'gift_cards.changed' : 'gift_cards.connected'
    await writeAudit(tx, { action, subjectId: tx.organizationId, data: { environment } })
    return getGiftCardAccount(tx)
  })
}

const sealedOrNull = (tx: Ctx, secret: string | null) => (secret === null ? null : keep(tx, 'webhook', secret))

/** Forgets the account. Cards that are due wait for staff then. Throws forbidden. */
export function disconnectGiftCards(ctx: Ctx): Promise<GiftCardAccount> {
  return transaction(ctx, async (tx) => {
    assertAdmin(tx)
    const [gone] = await tx.db
      .delete(giftCardSettings)
      .where(eq(giftCardSettings.organizationId, tx.organizationId))
      .returning({ organizationId: giftCardSettings.organizationId })
    if (gone) await writeAudit(tx, { action: 'gift_cards.disconnected', subjectId: tx.organizationId })
    return getGiftCardAccount(tx)
  })
}

/** The organization's provider; null if none is connected or its key can't be read. */
export async function giftCardsOf(ctx: Ctx): Promise<GiftCards | null> {
  const row = await findRow(ctx)
  const apiKey = row && open(ctx, 'key', row.apiKey)
  if (!row || apiKey == null) return null
  const { environment, providerCampaign: campaignId, fundingSource: fundingSourceId } = row
  const baseUrl = ctx.config.tremendousBaseUrl ?? addresses[environment]
  return tremendous({ apiKey, campaignId, fundingSourceId, baseUrl })
}

/** Whether the provider answers to the key, in a sentence. Asks it for an order that can't exist. Throws forbidden. */
export async function checkGiftCards(ctx: Ctx): Promise<{ ok: boolean; sentence: string }> {
  assertAdmin(ctx)
  const cards = await giftCardsOf(ctx)
  if (!cards) return { ok: false, sentence: 'Tremendous is not connected. Enter the API key again.' }
  try {
    await cards.find('goodword-check')
    return { ok: true, sentence: 'Tremendous accepts the key.' }
  } catch (error) {
    if (!(error instanceof GiftCardError)) throw error
    const refused = error.problem === 'unauthorized' || error.problem === 'refused'
    return { ok: false, sentence: refused ? 'Tremendous does not accept the key.' : error.message }
  }
}

/** The key that signs the provider's events; null without one. Says when an event came. */
export async function webhookKeyOf(ctx: Ctx): Promise<string | null> {
  const row = await findRow(ctx)
  return row?.webhookKey ? open(ctx, 'webhook', row.webhookKey) : null
}

export async function noteCardEvent(tx: Ctx): Promise<void> {
  await tx.db
    .update(giftCardSettings)
    .set({ lastEventAt: tx.clock() })
    .where(eq(giftCardSettings.organizationId, tx.organizationId))
}
