import type { Organization, TextStatement, UpdateOrganization } from '@goodword/contracts'
import { isSupportedCountry } from 'libphonenumber-js'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso } from '../../../shared/pages.ts'
import { writeAudit } from './organizations.audit.ts'
import { changeOrganization, getOrganization } from './organizations.ts'

/**
 * Updates the given fields. Throws validation_failed, currency_fixed once there is a campaign, and forbidden for the statement
 * about texts unless an owner makes it.
 */
export function updateOrganization(ctx: Ctx, input: UpdateOrganization): Promise<Organization> {
  if (input.country !== undefined && !isSupportedCountry(input.country)) {
    const message = 'Use the two letters of a country, such as US.'
    throw new AppError('validation_failed', { detail: message, errors: [{ path: 'country', message }] })
  }
  return transaction(ctx, async (tx) => {
    const before = await getOrganization(tx, tx.organizationId)
    const { textStatement, ...fields } = input
    const stated = statedBy(tx, before, textStatement)
    const changes = { ...changesIn(before, fields), ...(stated === undefined ? {} : { textStatement: stated }) }
    if (changes.currency !== undefined && (await isCurrencyInUse(tx))) throw new AppError('currency_fixed')
    const changed = Object.keys(changes).sort()
    if (changed.length === 0) return before
    await changeOrganization(tx, changes)
    await writeAudit(tx, {
      action: 'organization.updated',
      subjectId: tx.organizationId,
      data: { changed: changed.join(', '), ...(stated ? { textStatement: stated.wording } : {}) },
    })
    return getOrganization(tx, tx.organizationId)
  })
}

/** A new statement, or its end; undefined if nothing changes. It is the owner who answers for it. */
function statedBy(tx: Ctx, before: Organization, wording: string | null | undefined): TextStatement | null | undefined {
  if (wording === undefined || wording === (before.textStatement?.wording ?? null)) return undefined
  if (tx.actor.type !== 'member' || tx.actor.role !== 'owner') throw new AppError('forbidden')
  return wording === null ? null : { wording, at: iso(tx.clock()), by: actorKey(tx.actor) }
}

async function isCurrencyInUse(tx: Ctx): Promise<boolean> {
  for (const { uses } of tx.modules) if (await uses?.currency?.(tx)) return true
  return false
}

/** Only the fields that differ, so that the audit trail shows changes and not saves. */
function changesIn(
  before: Organization,
  input: Omit<UpdateOrganization, 'textStatement'>,
): Omit<UpdateOrganization, 'textStatement'> {
  const known: Record<string, unknown> = before
  const differs = ([name, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(known[name])
  return Object.fromEntries(Object.entries(input).filter(differs))
}
