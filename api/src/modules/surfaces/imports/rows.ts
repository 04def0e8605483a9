import { Email, type ImportField, type ImportPreview, visibleLine } from '@goodword/contracts'
import { codesInLink, parseMoney, saysYes } from '@goodword/domain'
import { isUniqueViolation } from '../../../database/constraint.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { addOpeningCredit } from '../../money/rewards/credit.ts'
import {
  describePerson,
  findOrCreateContact,
  matchContact,
  type PersonDescription,
} from '../../people/contacts/contacts.ts'
import { recordTextConsent } from '../../people/contacts/textConsents.ts'
import { type Enrollment, enroll, enrollPerson, findByCode, findEnrollment } from '../../program/advocates/advocates.ts'
import { changeCode } from '../../program/advocates/settings.ts'
import type { CampaignContext } from '../../program/campaigns/campaigns.ts'
import { moveReferral } from '../../program/referrals/referrals.ts'
import { recordReferral } from '../../program/referrals/submission.ts'

export type Cell = (field: ImportField) => string
/** The result of a row. `skipped` if it already existed. */
export type CreatedSubject = {
  subjectId: string
  contactId: string | null
  madeContact: boolean
  /** What else comes of it, in a sentence, and how that is counted. */
  note?: string
  leads?: keyof NonNullable<ImportPreview['jobs']>
}
export type RowResult = CreatedSubject | { skipped: string }
export type Into = CampaignContext & { importId: string }

/** An error with a sentence for the preview. */
export class RowProblem extends Error {
  override readonly name = 'RowProblem'
}
export const importedConsent = 'Agreed to texts, as an imported file says.'
export const refuse = (sentence: string): never => {
  throw new RowProblem(sentence)
}

export const nameIn = (cell: Cell): string =>
  visibleLine(cell('name') || [cell('first_name'), cell('last_name')].filter(Boolean).join(' '))

export function personIn({ organization }: Pick<Into, 'organization'>, cell: Cell): PersonDescription {
  const name = nameIn(cell)
  const email = cell('email')
  const phone = cell('phone')
  if (name === '') refuse('There is no name.')
  if (name.length > 100) refuse('The name is longer than 100 characters.')
  if (email === '' && phone === '') refuse('There is no email address and no phone number.')
  if (email !== '' && !Email.safeParse(email).success) refuse('The email address cannot be read.')
  try {
    return describePerson(organization.country, { name, email: email || undefined, phone: phone || undefined })
  } catch (error) {
    if (error instanceof AppError) return refuse('The phone number cannot be read.')
    throw error
  }
}

/** Imports an advocate, with the code of their existing link if the file has one. Sends no messages. */
export async function importAdvocate(tx: Ctx, into: Into, cell: Cell): Promise<RowResult> {
  const person = personIn(into, cell)
  const before = await matchContact(tx, person)
  const { enrollment, contact, existed } = await enrollPerson(tx, into.campaign.id, person, false)
  if (existed) return { skipped: `${contact.name} is an advocate of this campaign already.` }
  if (person.phone !== null && saysYes(cell('texts')))
    await recordTextConsent(tx, contact.id, person.phone, { source: 'import', wording: importedConsent })
  const code = cell('code')
  if (code !== '') {
    if (!/^[\p{L}\p{N} _-]{3,40}$/u.test(code)) refuse('The code has other signs than letters and digits.')
    await changeCode(tx, enrollment.id, code)
  }
  return { subjectId: enrollment.id, contactId: contact.id, madeContact: before.contact === null }
}

const openStatuses = new Map<string, 'pending' | 'accepted' | 'declined'>([
  ...['', 'pending', 'new', 'open', 'submitted', 'lead', 'waiting'].map((word) => [word, 'pending'] as const),
  ...['accepted', 'contacted', 'in progress', 'qualified', 'active'].map((word) => [word, 'accepted'] as const),
  ...['declined', 'rejected', 'lost', 'closed lost', 'no sale'].map((word) => [word, 'declined'] as const),
])
const won = /^(converted|won|closed won|approved|completed|paid|rewarded|booked|success.*)$/

/**
 * Imports an open referral without messages. A converted one earned in the other tool, so it is imported as an opening
 * balance.
 */
export async function importReferral(tx: Ctx, into: Into, cell: Cell): Promise<RowResult> {
  const word = cell('status').toLowerCase()
  if (won.test(word)) return { skipped: 'It has converted already. What it earned comes as an opening balance.' }
  const status =
    openStatuses.get(word) ?? refuse(`"${cell('status')}" is no status we know: pending, accepted or declined.`)
  const person = personIn(into, cell)
  const before = await matchContact(tx, person)
  const enrollment = await advocateIn(tx, into, cell)
  const named = cell('advocate')
  if (!enrollment && named === '') refuse('Nobody is named as the advocate.')
  const { importId, ...campaignContext } = into
  const externalId = cell('external_id').slice(0, 100)
  const recorded = await recordReferral(tx, {
    ...campaignContext,
    enrollment,
    person,
    source: 'import',
    importId,
    submitted: {
      name: person.name,
      ...(cell('email') ? { email: cell('email') } : {}),
      ...(cell('phone') ? { phone: cell('phone') } : {}),
      ...(cell('message') ? { message: cell('message').slice(0, 2_000) } : {}),
    },
    ...(enrollment ? {} : { advocateNamed: named.slice(0, 100) }),
    ...(externalId ? { externalId } : {}),
  }).catch((error: unknown) => {
    if (isUniqueViolation(error, 'external_id')) return refuse(`A referral with the id ${externalId} is here already.`)
    throw error
  })
  if (status !== 'pending')
    await moveReferral(tx, recorded.id, status, status === 'declined' ? 'Declined before the import' : undefined)
  return { subjectId: recorded.id, contactId: recorded.friendContactId, madeContact: before.contact === null }
}

/** Finds the advocate by code, link or email; null if there is only a name. */
async function advocateIn(tx: Ctx, { campaign }: Into, cell: Cell): Promise<Enrollment | null> {
  const typed = cell('advocate_code')
  if (typed !== '') {
    // Whoever brings their links may well have codes of another tool in ?code=.
    const codes = codesInLink(typed.replace(/([?&])code=/i, '$1ref='))
    for (const code of codes) {
      const found = await findByCode({ database: { ...tx.database, read: tx.db } }, code)
      if (found?.organizationId === tx.organizationId && found.campaignId === campaign.id) return found
    }
    return refuse(`No advocate of this campaign has the code ${codes[0] ?? typed}.`)
  }
  const email = cell('advocate_email')
  if (email === '') return null
  const { contact } = await matchContact(tx, { name: '', email: email.trim().toLowerCase(), phone: null })
  const found = contact ? await findEnrollment(tx, campaign.id, contact.id) : undefined
  return found && found.archivedAt === null
    ? found
    : refuse(`${email} is no advocate of this campaign. Import the advocates first.`)
}

/** Imports credit from the other tool as a ledger entry. */
export async function importOpeningBalance(tx: Ctx, into: Into, cell: Cell): Promise<RowResult> {
  const { currency } = into.campaign
  const amount = parseMoney(cell('amount'), currency)
  if (amount === null) return refuse(`"${cell('amount')}" is no amount in ${currency}.`)
  if (amount === 0) return { skipped: 'The balance is zero.' }
  const person = personIn(into, cell)
  const before = await matchContact(tx, person)
  const { contact } = await findOrCreateContact(tx, person, 'staff')
  if (!(await findEnrollment(tx, into.campaign.id, contact.id)))
    await enroll(tx, { campaignId: into.campaign.id, contactId: contact.id, source: 'import' })
  const note = cell('note').slice(0, 200) || 'Balance brought along'
  const subjectId = await addOpeningCredit(tx, { contactId: contact.id, amount, currency, note })
  return { subjectId, contactId: contact.id, madeContact: before.contact === null }
}
