import type { ContactDetail, MergeContacts, MergePreview } from '@goodword/contracts'
import { and, eq, inArray } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { balancesOfContact, postEntries } from '../../money/ledger/ledger.ts'
import { movesOf } from '../../money/ledger/merge.ts'
import { moveRewards, moveRewardsOfEnrollment } from '../../money/rewards/merge.ts'
import { writeAudit } from '../../platform/audit/audit.ts'
import { countMessages, moveMessages } from '../../platform/messages/merge.ts'
import { recordEvent } from '../../platform/webhooks/events.ts'
import type { Enrollment } from '../../program/advocates/advocates.ts'
import { enrollmentsOf, type Join, moveEnrollments, pairEnrollments } from '../../program/advocates/merge.ts'
import { moveTraces } from '../../program/advocates/traces.ts'
import { getCampaign } from '../../program/campaigns/campaigns.ts'
import { countMoving, type Merging, moveReferrals, refusalOfMerge } from '../../program/referrals/merge.ts'
import { endPortalAccess } from '../../surfaces/portal/revokeAccess.ts'
import { loadContact } from './contact.detail.queries.ts'
import { contactAddresses, contacts } from './contacts.table.ts'
import { addressesOf, getStandingContact } from './contacts.ts'
import { moveDuplicates } from './duplicates.ts'

type Contact = Awaited<ReturnType<typeof getStandingContact>>
type Address = Awaited<ReturnType<typeof addressesOf>>[number]

type Plan = Merging & {
  kept: Contact
  other: Contact
  moves: Enrollment[]
  joined: Join[]
  addresses: { address: Address; of: 'kept' | 'other'; falls: boolean; confirmed: boolean }[]
  refusal: string | null
}

/** What merging would move, or why it cannot be done. Writes nothing. */
export async function previewMerge(ctx: Ctx, keptId: string, input: MergeContacts): Promise<MergePreview> {
  const plan = await planMerge(ctx, keptId, input)
  const { kept, other } = plan
  const moving = await countMoving(ctx, plan)
  const coded = [
    ...plan.moves.map((one) => ({ one, joins: false })),
    ...plan.joined.map(({ from }) => ({ one: from, joins: true })),
  ]
  return {
    kept: { id: kept.id, name: kept.name },
    other: { id: other.id, name: other.name },
    refusal: plan.refusal,
    addresses: plan.addresses.map(({ address, of, falls }) => ({
      id: address.id,
      kind: address.kind,
      value: address.value,
      of,
      unvouched: address.proof === 'stranger',
      falls,
    })),
    codes: await Promise.all(
      coded.map(async ({ one, joins }) => ({
        code: one.code,
        campaignName: (await getCampaign(ctx, one.campaignId)).name,
        joins,
      })),
    ),
    referralsAsFriend: moving.asFriend,
    referralsAsAdvocate: moving.asAdvocate,
    balances: (await balancesOfContact(ctx, other.id)).filter(
      ({ available, held, owed }) => available + held + owed > 0,
    ),
    messages: await countMessages(ctx, other.id),
  }
}

/**
 * Makes one contact of two, all in one transaction: addresses, enrollments with their codes, referrals, rewards and the
 * credit itself, requests and messages move; portal sessions of the one that goes end. Throws contact_gone when one of them
 * has gone meanwhile, merge_not_possible with what to do first.
 */
export const mergeContacts = (ctx: Ctx, keptId: string, input: MergeContacts): Promise<ContactDetail> =>
  transaction(ctx, async (tx) => {
    const plan = await planMerge(tx, keptId, input)
    if (plan.refusal !== null) throw new AppError('merge_not_possible', { detail: plan.refusal })
    const { kept, other } = plan
    await moveAddresses(tx, plan)
    await moveEnrollments(tx, plan.moves, plan.joined, kept.id)
    await moveReferrals(tx, plan)
    for (const join of plan.joined) await moveRewardsOfEnrollment(tx, join.from.id, join.into.id)
    await moveRewards(tx, other.id, kept.id)
    await postEntries(tx, movesOf(await balancesOfContact(tx, other.id), other.id, kept.id))
    await moveMessages(
      tx,
      other.id,
      kept.id,
      (await addressesOf(tx, kept.id)).map(({ id }) => id),
    )
    await endPortalAccess(tx, other.id)
    await moveTraces(tx, other.id, kept.id)
    await moveDuplicates(tx, other.id, kept.id)
    await joinProfiles(tx, kept, other)
    await writeAudit(tx, { action: 'contact.merged', subjectId: kept.id, data: { otherId: other.id } })
    await recordEvent(tx, 'contact.merged', { contactId: kept.id, otherId: other.id })
    return loadContact(tx, kept.id)
  })

async function planMerge(ctx: Ctx, keptId: string, input: MergeContacts): Promise<Plan> {
  const kept = await getStandingContact(ctx, keptId)
  const other = await getStandingContact(ctx, input.otherId)
  if (kept.id === other.id) {
    throw new AppError('merge_not_possible', { detail: 'That is the same contact. Choose another one to merge.' })
  }
  const mine = await enrollmentsOf(ctx, kept.id)
  const theirs = await enrollmentsOf(ctx, other.id)
  const { moves, joins: joined } = pairEnrollments(theirs, mine)
  const merging = {
    from: { id: other.id, name: other.name, enrollmentIds: theirs.map(({ id }) => id) },
    into: { id: kept.id, name: kept.name, enrollmentIds: mine.map(({ id }) => id) },
    joins: joined.map(({ from, into }) => ({ from: from.id, into: into.id })),
  }
  const addresses = await planAddresses(ctx, kept.id, other.id, input.confirm)
  return { ...merging, kept, other, moves, joined, addresses, refusal: await refusalOfMerge(ctx, merging) }
}

/**
 * Addresses stay either all a stranger's word or all vouched for: once one of either is vouched for, or staff say that one
 * is theirs, the rest falls away. While nobody vouched for any, only those of the kept contact stay.
 */
async function planAddresses(ctx: Ctx, keptId: string, otherId: string, confirm: string[]): Promise<Plan['addresses']> {
  const all = [
    ...(await addressesOf(ctx, keptId)).map((address) => ({ address, of: 'kept' as const })),
    ...(await addressesOf(ctx, otherId)).map((address) => ({ address, of: 'other' as const })),
  ]
  const vouched = ({ address }: { address: Address }) => address.proof !== 'stranger' || confirm.includes(address.id)
  const strangersOnly = !all.some(vouched)
  const haveOwn = all.some(({ of }) => of === 'kept')
  return all.map((one) => {
    const falls = strangersOnly ? haveOwn && one.of === 'other' : !vouched(one)
    return { ...one, falls, confirmed: !strangersOnly && !falls && one.address.proof === 'stranger' }
  })
}

async function moveAddresses(tx: Ctx, { kept, addresses }: Plan): Promise<void> {
  const those = (chosen: (one: Plan['addresses'][number]) => boolean) => {
    const ids = addresses.filter(chosen).map(({ address }) => address.id)
    return and(eq(contactAddresses.organizationId, tx.organizationId), inArray(contactAddresses.id, ids))
  }
  await tx.db.delete(contactAddresses).where(those(({ falls }) => falls))
  await tx.db
    .update(contactAddresses)
    .set({ contactId: kept.id })
    .where(those(({ falls }) => !falls))
  await tx.db
    .update(contactAddresses)
    .set({ proof: 'staff' })
    .where(those(({ confirmed }) => confirmed))
}

const strictest = (one: Contact['notify'], two: Contact['notify']): Contact['notify'] =>
  [one, two].includes('none') ? 'none' : [one, two].includes('rewards') ? 'rewards' : 'all'

/** The earlier day as a customer, and of two wishes the one that asks for less. */
async function joinProfiles(tx: Ctx, kept: Contact, other: Contact): Promise<void> {
  const since = [kept.customerSince, other.customerSince].filter((at) => at !== null)
  const mine = (id: string) => and(eq(contacts.organizationId, tx.organizationId), eq(contacts.id, id))
  await tx.db
    .update(contacts)
    .set({
      customerSince: since.length === 0 ? null : Math.min(...since),
      sharesName: kept.sharesName && other.sharesName,
      notify: strictest(kept.notify, other.notify),
    })
    .where(mine(kept.id))
  await tx.db.update(contacts).set({ mergedInto: kept.id }).where(mine(other.id))
  await tx.db
    .update(contacts)
    .set({ mergedInto: kept.id })
    .where(and(eq(contacts.organizationId, tx.organizationId), eq(contacts.mergedInto, other.id)))
}
