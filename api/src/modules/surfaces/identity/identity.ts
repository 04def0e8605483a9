import type { IdentifiedFriends, IdentifiedVisitor } from '@goodword/contracts'
import { supportedLanguage } from '@goodword/words'
import { type Ctx, contextFor, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { hashTraces, type RequestOrigin } from '../../../shared/traces.ts'
import { writeAudit as auditContact } from '../../people/contacts/contacts.audit.ts'
import { describePerson, findOrCreateContact } from '../../people/contacts/contacts.ts'
import { writeAudit } from '../../program/advocates/advocates.audit.ts'
import { enroll } from '../../program/advocates/advocates.ts'
import { recordTrace } from '../../program/advocates/traces.ts'
import { isTest } from '../install/activity.ts'
import { friendsOfProgram } from '../portal/programs.queries.ts'
import { friendShown, visitorView } from './identity.queries.ts'
import { type JoiningPlan, planOf } from './plan.ts'
import type { VerifiedIdentity } from './token.ts'

type Asked = {
  /** The campaign of the element; every campaign without one. */
  campaign?: string | undefined
  /** The page's language as a tag. */
  lang?: string | undefined
  from: RequestOrigin
}

/** Undoes an enrollment with a test key after it was made and shown. */
class DryRunRollback extends Error {
  constructor(readonly view: IdentifiedVisitor) {
    super('A rehearsal leaves nothing behind.')
  }
}

const friendsAtOnce = 20

/**
 * What a page shows the customer it identified. Enrolls them first where the campaign lets them join; asking again changes
 * nothing. Throws identity_unknown, identity_erased, identity_campaign_needed.
 */
export async function identifyVisitor(ctx: Ctx, identity: VerifiedIdentity, asked: Asked): Promise<IdentifiedVisitor> {
  const view = (within: Ctx, contactId: string) =>
    visitorView(within, contactId, { ...asked, validForMs: Math.max(0, identity.expiresAt - ctx.clock()) })
  const plan = await planOf(ctx, identity, asked.campaign)
  if (!plan.join && !plan.verify) return view(ctx, contactOf(plan))
  // The key acts: it is in the audit trail, and it can be revoked.
  const acting = contextFor(ctx, ctx.organizationId, { type: 'key', id: identity.keyId, scopes: [] })
  try {
    const contactId = await transaction(acting, async (tx) => {
      // Read again: another request may have done it meanwhile.
      const known = await carryOut(tx, await planOf(tx, identity, asked.campaign), identity, asked)
      if (isTest(ctx)) throw new DryRunRollback(await view(tx, known))
      return known
    })
    return await view(ctx, contactId)
  } catch (error) {
    if (error instanceof DryRunRollback) return { ...error.view, test: true }
    throw error
  }
}

async function carryOut(tx: Ctx, plan: JoiningPlan, { email, name }: VerifiedIdentity, asked: Asked): Promise<string> {
  if (!plan.join && !plan.verify) return contactOf(plan)
  let contactId = plan.contact?.id
  if (plan.verify || contactId === undefined) {
    const language = supportedLanguage(asked.lang ?? '')
    const person = describePerson('', { name: name ?? plan.contact?.name, email: email ?? undefined })
    const { contact } = await findOrCreateContact(tx, { ...person, ...(language && { language }) }, 'staff')
    contactId = contact.id
  }
  if (plan.verify)
    await auditContact(tx, {
      action: 'contact.address_confirmed',
      subjectId: contactId,
      data: { addressId: plan.verify },
    })
  if (plan.join) {
    const { id } = await enroll(tx, { campaignId: plan.join, contactId, source: 'identity' })
    await writeAudit(tx, { action: 'advocate.joined', subjectId: id })
    await recordTrace(tx, contactId, hashTraces(tx, asked.from))
  }
  return contactId
}

function contactOf({ contact }: JoiningPlan): string {
  if (!contact) throw new AppError('identity_unknown')
  return contact.id
}

/** Further friends of a program of the customer, by its code. Throws identity_unknown, identity_erased, not_found. */
export async function identifiedFriends(
  ctx: Ctx,
  identity: VerifiedIdentity,
  { lang, ...wanted }: { code: string; cursor: string; lang?: string | undefined },
): Promise<IdentifiedFriends> {
  const contactId = contactOf(await planOf(ctx, identity, undefined))
  const page = await friendsOfProgram(ctx, contactId, { ...wanted, limit: friendsAtOnce }, lang ?? 'en')
  const shown = await friendShown(ctx, lang)
  return { items: page.items.map(shown), nextCursor: page.nextCursor }
}
