import { type MergeContacts, MergePreview } from '@goodword/contracts'
import type { Merge } from '../../../shared/context.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getActiveContact } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { contactParts } from './contactParts.ts'
import { writeAudit } from './person.audit.ts'

/** What a merge would move, or why it can't be done. Writes nothing. Throws contact_gone, merge_not_possible. */
export async function previewMerge(ctx: Ctx, keptId: string, input: MergeContacts): Promise<MergePreview> {
  const merge = await planMerge(ctx, keptId, input)
  const moving = {
    kept: merge.into,
    other: merge.from,
    refusal: await conflictOf(ctx, merge),
    addresses: [],
    codes: [],
    referralsAsFriend: 0,
    referralsAsAdvocate: 0,
    balances: [],
    messages: 0,
  }
  for (const part of contactParts(ctx)) Object.assign(moving, await part.previewMerge?.(ctx, merge))
  return MergePreview.parse(moving)
}

/**
 * Merges two contacts in one transaction: every module moves what it keeps about one to the other. Throws contact_gone
 * if one of them is gone meanwhile, and merge_not_possible with what to do first.
 */
export const mergeContacts = (ctx: Ctx, keptId: string, input: MergeContacts): Promise<void> =>
  transaction(ctx, async (tx) => {
    const merge = await planMerge(tx, keptId, input)
    const conflict = await conflictOf(tx, merge)
    if (conflict !== null) throw new AppError('merge_not_possible', { detail: conflict })
    for (const part of contactParts(tx)) await part.move?.(tx, merge)
    const otherId = merge.from.id
    await writeAudit(tx, { action: 'contact.merged', subjectId: keptId, data: { otherId } })
    await recordEvent(tx, 'contact.merged', { contactId: keptId, otherId })
  })

async function planMerge(ctx: Ctx, keptId: string, { otherId, confirm }: MergeContacts): Promise<Merge> {
  const into = await getActiveContact(ctx, keptId)
  const from = await getActiveContact(ctx, otherId)
  if (into.id === from.id) {
    throw new AppError('merge_not_possible', { detail: 'That is the same contact. Choose another one to merge.' })
  }
  return { from: { id: from.id, name: from.name }, into: { id: into.id, name: into.name }, confirm }
}

async function conflictOf(ctx: Ctx, merge: Merge): Promise<string | null> {
  for (const part of contactParts(ctx)) {
    const conflict = await part.mergeConflict?.(ctx, merge)
    if (conflict) return conflict
  }
  return null
}
