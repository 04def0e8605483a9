import type { PortalExport } from '@goodword/contracts'
import { maskName } from '@goodword/domain'
import { and, asc, eq, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { ledgerAccounts, ledgerTransfers } from '../../money/ledger/ledger.table.ts'
import { creditRequests, discountCodes, rewards } from '../../money/rewards/rewards.table.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { advocateOf, portalAccount } from './account.ts'

const debit = alias(ledgerAccounts, 'debit')
const credit = alias(ledgerAccounts, 'credit')

/** Everything the organization keeps about the person. Friends they sent stay masked: those are others' data. */
export async function exportPerson(ctx: Ctx): Promise<PortalExport> {
  const contactId = advocateOf(ctx)
  const [organization, contact, account] = await Promise.all([
    getOrganization(ctx, ctx.organizationId),
    getContact(ctx, contactId),
    portalAccount(ctx),
  ])
  const [programs, friendsReferred, referredAsFriend, ...rest] = await Promise.all([
    programsOf(ctx, contactId),
    referredBy(ctx, contactId),
    referredAs(ctx, contactId),
    rewardsOf(ctx, contactId),
    creditOf(ctx, contactId),
    requestsOf(ctx, contactId),
    messagesTo(ctx, contactId),
  ])
  const [rewardRows, creditRows, requestRows, messageRows] = rest
  return {
    exportedAt: iso(ctx.clock()),
    organization: organization.name,
    person: { ...account, customerSince: isoOrNull(contact.customerSince) },
    programs,
    friendsReferred,
    referredAsFriend,
    rewards: rewardRows,
    credit: creditRows,
    creditRequests: requestRows,
    messages: messageRows,
  }
}

async function programsOf(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({ code: enrollments.code, campaign: campaigns.name, since: enrollments.createdAt })
    .from(enrollments)
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .where(and(eq(enrollments.organizationId, ctx.organizationId), eq(enrollments.contactId, contactId)))
    .orderBy(asc(enrollments.createdAt))
  return rows.map((row) => ({ ...row, since: iso(row.since) }))
}

const referralFacts = {
  status: referrals.status,
  submitted: referrals.submitted,
  campaign: campaigns.name,
  source: referrals.source,
  at: referrals.createdAt,
  changedAt: referrals.updatedAt,
}

async function referredBy(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select(referralFacts)
    .from(referrals)
    .innerJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(enrollments.contactId, contactId)))
    .orderBy(asc(referrals.createdAt))
  return rows.map(({ submitted, at, changedAt, ...row }) => ({
    friend: maskName(submitted.name),
    ...row,
    at: iso(at),
    changedAt: iso(changedAt),
  }))
}

async function referredAs(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select(referralFacts)
    .from(referrals)
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(referrals.friendContactId, contactId)))
    .orderBy(asc(referrals.createdAt))
  return rows.map(({ submitted, at, changedAt, ...row }) => ({
    name: submitted.name,
    email: submitted.email ?? null,
    phone: submitted.phone ?? null,
    message: submitted.message ?? null,
    answer: submitted.answer ?? null,
    ...row,
    at: iso(at),
    changedAt: iso(changedAt),
  }))
}

async function rewardsOf(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({ reward: rewards, code: discountCodes.code })
    .from(rewards)
    .leftJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .where(and(eq(rewards.organizationId, ctx.organizationId), eq(rewards.contactId, contactId)))
    .orderBy(asc(rewards.createdAt))
  return rows.map(({ reward, code }) => ({
    side: reward.side,
    kind: reward.kind,
    text: reward.text,
    amount: reward.amount,
    currency: reward.currency,
    status: reward.status,
    code,
    availableAt: iso(reward.availableAt),
    at: iso(reward.createdAt),
  }))
}

/** Each transfer of the person's accounts; in minor units, from where to where. */
async function creditOf(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({ transfer: ledgerTransfers, from: debit.kind, to: credit.kind })
    .from(ledgerTransfers)
    .innerJoin(debit, eq(debit.id, ledgerTransfers.debitAccountId))
    .innerJoin(credit, eq(credit.id, ledgerTransfers.creditAccountId))
    .where(
      and(
        eq(ledgerTransfers.organizationId, ctx.organizationId),
        or(eq(debit.contactId, contactId), eq(credit.contactId, contactId)),
      ),
    )
    .orderBy(asc(ledgerTransfers.createdAt), asc(ledgerTransfers.id))
  return rows.map(({ transfer, from, to }) => ({
    what: transfer.code,
    from,
    to,
    amount: transfer.amount,
    currency: transfer.currency,
    at: iso(transfer.createdAt),
  }))
}

async function requestsOf(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select()
    .from(creditRequests)
    .where(and(eq(creditRequests.organizationId, ctx.organizationId), eq(creditRequests.contactId, contactId)))
    .orderBy(asc(creditRequests.createdAt))
  return rows.map(({ amount, currency, use, note, state, answer, createdAt, closedAt }) => ({
    amount,
    currency,
    use,
    note,
    state,
    answer,
    at: iso(createdAt),
    closedAt: isoOrNull(closedAt),
  }))
}

async function messagesTo(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select()
    .from(messages)
    .where(and(eq(messages.organizationId, ctx.organizationId), eq(messages.contactId, contactId)))
    .orderBy(asc(messages.createdAt))
  return rows.map(({ channel, to, subject, state, createdAt, sentAt }) => ({
    channel,
    to,
    subject,
    state,
    at: iso(createdAt),
    sentAt: isoOrNull(sentAt),
  }))
}
