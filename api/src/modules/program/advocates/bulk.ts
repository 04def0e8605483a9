import {
  Email,
  type InvitationPreview,
  type InvitationRow,
  type InvitedMany,
  type InviteMany,
  invitedAtOnceMax,
  Name,
  Phone,
  type PreviewInvitations,
} from '@goodword/contracts'
import { type ListedPerson, readPeople } from '@goodword/domain'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { describePerson, matchContact, type PersonDescription } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { getCampaign } from '../campaigns/campaigns.ts'
import { writeAudit } from './advocates.audit.ts'
import { enrollPerson, findEnrollment } from './advocates.ts'

/** Reads a pasted list or a CSV file and says what inviting each row would do. Writes nothing. */
export async function previewInvitations(ctx: Ctx, input: PreviewInvitations): Promise<InvitationPreview> {
  const campaign = await getCampaign(ctx, input.campaignId)
  const { country } = await getOrganization(ctx, ctx.organizationId)
  const { people, columns, hasHead } = readPeople(input.text)
  if (people.length > invitedAtOnceMax) {
    const message = `That list has ${people.length.toLocaleString('en-US')} rows. Use 1,000 or fewer at a time.`
    throw new AppError('validation_failed', { detail: message, errors: [{ path: 'text', message }] })
  }
  const seen = new Map<string, number>()
  const rows: InvitationRow[] = []
  for (const listed of people) rows.push(await rowOf(ctx, listed, { campaignId: campaign.id, country, seen }))
  return { rows, columns, hasHead }
}

type Facts = { campaignId: string; country: string; seen: Map<string, number> }

async function rowOf(ctx: Ctx, listed: ListedPerson, { campaignId, country, seen }: Facts): Promise<InvitationRow> {
  const row = { ...listed, existingId: null, contactId: null }
  const read = readRow(listed, country)
  if (typeof read === 'string') return { ...row, state: 'wrong', problem: read }
  const keys = [read.email, read.phone].filter((key) => key !== null)
  const before = keys.map((key) => seen.get(key)).find((line) => line !== undefined)
  if (before !== undefined) return { ...row, state: 'repeated', problem: `The same person as line ${before}.` }
  for (const key of keys) seen.set(key, listed.line)
  const { contact } = await matchContact(ctx, read)
  if (!contact) return { ...row, state: 'new', problem: null }
  const enrollment = await findEnrollment(ctx, campaignId, contact.id)
  if (enrollment && enrollment.archivedAt === null) {
    const problem = `${contact.name} is an advocate of this campaign already.`
    return { ...row, state: 'advocate', problem, existingId: enrollment.id, contactId: contact.id }
  }
  const problem = contact.name === read.name ? null : `Known as ${contact.name}.`
  return { ...row, state: 'known', problem, contactId: contact.id }
}

/** The person of a row, or what is wrong with it. */
function readRow(listed: ListedPerson, country: string): PersonDescription | string {
  const name = Name.safeParse(listed.name)
  if (!name.success) return listed.name === '' ? 'There is no name.' : 'The name is longer than 100 characters.'
  if (listed.email === '' && listed.phone === '') return 'There is no email address and no phone number.'
  if (listed.email !== '' && !Email.safeParse(listed.email).success) return 'The email address cannot be read.'
  if (listed.phone !== '' && !Phone.safeParse(listed.phone).success) return 'The phone number cannot be read.'
  try {
    return describePerson(country, {
      name: name.data,
      email: listed.email || undefined,
      phone: listed.phone || undefined,
    })
  } catch (error) {
    if (error instanceof AppError) return 'The phone number cannot be read.'
    throw error
  }
}

/**
 * Enrolls many people at once, all or none, and sends each an invitation unless told not to. Existing advocates stay as
 * they are, so sending a list again emails nobody twice.
 */
export async function inviteMany(ctx: Ctx, input: InviteMany): Promise<InvitedMany> {
  const { country } = await getOrganization(ctx, ctx.organizationId)
  const people = input.people.map((person, at) => describePerson(country, person, `people.${at}.phone`))
  return transaction(ctx, async (tx) => {
    const campaign = await getCampaign(tx, input.campaignId)
    let enrolled = 0
    for (const person of people) {
      const { existed } = await enrollPerson(tx, campaign.id, person, input.notify)
      if (!existed) enrolled += 1
    }
    await writeAudit(tx, { action: 'advocate.invited_many', subjectId: campaign.id, data: { enrolled } })
    return { enrolled, alreadyAdvocates: people.length - enrolled, messages: input.notify ? enrolled : 0 }
  })
}
