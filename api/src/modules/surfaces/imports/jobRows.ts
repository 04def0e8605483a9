import { type FinishedJob, FinishJob, type Organization } from '@goodword/contracts'
import { dayIn, daysUntil, momentAt, parseMoney, readDay, saysYes } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { findOrCreateContact, getContact, matchContact } from '../../people/contacts/contacts.ts'
import { recordTextConsent } from '../../people/contacts/textConsents.ts'
import { enterJob } from '../../program/jobs/entering.ts'
import { type JobRow, jobLike, jobOfNumber } from '../../program/jobs/jobRows.ts'
import { type Cell, type CreatedSubject, importedConsent, personIn, type RowResult, refuse } from './rows.ts'

/** The time of a day for which a file names none. */
const noon = '12:00'

type Given = Pick<FinishJob, 'title' | 'value' | 'state' | 'score'> & { finishedAt: number }

/**
 * Imports a finished job as if staff had entered it on its day: its customer is asked and a referral converted by the rules
 * of the campaigns, unless it finished more than 7 days ago. One that is here already is skipped.
 */
export async function importJob(tx: Ctx, organization: Organization, cell: Cell): Promise<RowResult> {
  const { number, ...given } = jobIn(tx, organization, cell)
  const person = personIn({ organization }, cell)
  const { contact: known } = await matchContact(tx, person)
  const existing = number === null ? await jobLike(tx, known?.id, given) : await numbered(tx, known?.id, number)
  if (existing && saysNothingNew(existing, given))
    return { skipped: number === null ? 'This job is here already.' : `Job ${number} is here already.` }
  const { contact } = await findOrCreateContact(tx, person, 'staff')
  if (person.phone !== null && saysYes(cell('texts')))
    await recordTextConsent(tx, contact.id, person.phone, { source: 'import', wording: importedConsent })
  const { finishedAt, ...said } = given
  const entry = FinishJob.parse({
    ...said,
    ...(existing ? { jobId: existing.id } : { contactId: contact.id, ...(number === null ? {} : { number }) }),
  })
  const entered = await enterJob(tx, entry, finishedAt)
  return {
    subjectId: entered.job.id,
    contactId: contact.id,
    madeContact: known === null,
    ...consequenceOf(entered, organization, tx.clock()),
  }
}

function jobIn(tx: Ctx, { timeZone, country, currency }: Organization, cell: Cell) {
  const number = cell('job_number')
  const title = cell('title').slice(0, 200)
  if (number.length > 100) refuse('The job number is longer than 100 characters.')
  return {
    number: number === '' ? null : number,
    ...(title === '' ? {} : { title }),
    ...valueIn(cell('amount'), currency),
    ...scoreIn(cell('score')),
    state: /^(invoiced|paid|billed)$/i.test(cell('invoiced')) || saysYes(cell('invoiced')) ? 'invoiced' : 'completed',
    finishedAt: finishedIn(tx, { timeZone, country }, cell('finished_on')),
  } satisfies Given & { number: string | null }
}

function valueIn(text: string, currency: Organization['currency']): { value?: number } {
  if (text === '') return {}
  const value = parseMoney(text, currency)
  return value === null ? refuse(`“${text}” is no amount in ${currency}. Write it like 1,200.50.`) : { value }
}

function scoreIn(text: string): { score?: number } {
  if (text === '') return {}
  return /^[1-5]$/.test(text)
    ? { score: Number(text) }
    : refuse(`The score is “${text}”. Use 1 to 5, or leave it empty.`)
}

/** Without a day, last year's jobs would look like today's. */
function finishedIn(tx: Ctx, { timeZone, country }: Pick<Organization, 'timeZone' | 'country'>, text: string): number {
  if (text === '') return refuse('The day it was finished is missing. Add it as 2026-11-28.')
  const day = readDay(text, country) ?? refuse(`“${text}” is no day we can read. Write it like 2026-11-28.`)
  const today = dayIn(timeZone, tx.clock())
  if (day > today) return refuse(`${text} is in the future. Import it once the job is finished.`)
  return Math.min(momentAt(day, noon, timeZone), tx.clock())
}

async function numbered(tx: Ctx, contactId: string | undefined, number: string): Promise<JobRow | undefined> {
  const job = await jobOfNumber(tx, contactId ?? null, number)
  if (!job || job.contactId === null || job.contactId === contactId) return job
  const { name } = await getContact(tx, job.contactId)
  return refuse(`Job ${number} is ${name === '' ? 'somebody else’s' : `${name}’s`}. Check the number and the customer.`)
}

const saysNothingNew = (job: JobRow, { title, value, state, score }: Given): boolean =>
  (state === 'completed' || job.invoicedAt !== null) &&
  (title === undefined || title === job.title) &&
  (value === undefined || value === job.value) &&
  (score === undefined || score === job.score)

/** What comes of a job besides, in a sentence for the preview. */
function consequenceOf(
  { job, events }: FinishedJob,
  { timeZone }: Organization,
  now: number,
): { note?: string; leads?: NonNullable<CreatedSubject['leads']> } {
  const effects = events.flatMap((event) => event.effects)
  const has = (reason: (typeof effects)[number]['reason']) => effects.some((effect) => effect.reason === reason)
  const finished = job.completedAt ?? job.invoicedAt
  if (job.isHistory && finished) {
    const days = daysUntil(dayIn(timeZone, Date.parse(finished)), dayIn(timeZone, now))
    return { leads: 'old', note: `Finished ${days} days ago: nobody is asked about it, and it converts only by hand.` }
  }
  if (has('converted')) return { leads: 'converted', note: 'Converts a referral.' }
  if (has('ask_scheduled')) return { leads: 'asked', note: 'The customer will be asked to refer.' }
  if (has('ask_waits_for_score')) return { leads: 'waiting', note: 'Waits for a score before the customer is asked.' }
  if (events.some(({ needsPerson }) => needsPerson)) return { note: 'Leaves something to decide under Jobs.' }
  return {}
}
