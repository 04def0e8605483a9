import type { Import, ImportField, ImportKind, ImportPreview } from '@goodword/contracts'
import { countText } from '../../shared/ui/count.ts'
import { pluralize } from '../core/relativeDates.ts'

export const kindLabels: Record<ImportKind, string> = {
  advocates: 'Advocates',
  referrals: 'Open referrals',
  opening_balances: 'Opening balances',
  jobs: 'Finished jobs',
}

/** What comes from another tool under Settings. Finished jobs are imported under Jobs. */
export const movedKinds = ['advocates', 'referrals', 'opening_balances'] as const satisfies readonly ImportKind[]

/** What a file of each kind needs, in a sentence or two. */
export const kindNeeds: Record<ImportKind, string> = {
  advocates:
    'Each line: a name, and an email or phone. With the code of the old link, friends who saved that code still reach the right advocate.',
  referrals:
    'Each line: the friend, and the code, link or email of their advocate. Import the advocates first. What has converted already is skipped: what it earned comes as an opening balance.',
  opening_balances:
    'Each line: who it belongs to, and the credit they had. It goes on the ledger and can be used right away.',
  jobs: 'Each line: the customer with an email or phone, and the day the job was finished. A job number, a value and a score from 1 to 5 help.',
}

export const kindExample: Record<ImportKind, string> = {
  advocates: 'Name,Email,Referral code\nAnna Kowalski,anna@example.com,ANNA7',
  referrals: 'Friend,Friend email,Referral code,Status\nPriya Shah,priya@example.com,ANNA7,Contacted',
  opening_balances: 'Name,Email,Balance\nAnna Kowalski,anna@example.com,112.50',
  jobs: 'Customer,Phone,Job number,Work,Finished,Value,Invoiced,Score\nRosa Medina,(628) 555-0117,4471,Drain cleaning,2026-11-28,385.00,yes,5',
}

const nouns: Record<ImportKind, string> = {
  advocates: 'advocate',
  referrals: 'referral',
  opening_balances: 'opening balance',
  jobs: 'job',
}

/** "118 advocates", "1 opening balance". */
export const countOfKind = (count: number, kind: ImportKind): string => pluralize(count, nouns[kind])

const fieldLabels: Record<ImportField, string> = {
  ignored: 'Leave out',
  name: 'Name',
  first_name: 'First name',
  last_name: 'Last name',
  email: 'Email',
  phone: 'Phone',
  code: 'Code of their link',
  advocate: 'Advocate, by name',
  advocate_code: 'Advocate, by code or link',
  advocate_email: 'Advocate, by email',
  status: 'Status',
  message: 'Message',
  external_id: 'ID in the other tool',
  texts: 'Agreed to texts',
  amount: 'Amount',
  note: 'Note',
  job_number: 'Job number',
  title: 'What was done',
  finished_on: 'Day it was finished',
  invoiced: 'Invoiced, yes or no',
  score: 'Score, 1 to 5',
}

const personPrefix: readonly ImportField[] = ['name', 'first_name', 'last_name', 'email', 'phone']

/** In a file of referrals a name alone could be the advocate's or the friend's. */
export const fieldLabel = (kind: ImportKind, field: ImportField): string =>
  kind === 'referrals' && personPrefix.includes(field)
    ? `Friend: ${fieldLabels[field].toLowerCase()}`
    : fieldLabels[field]

/** "3 will be created, 1 skipped, 1 with errors". */
export function describePreview({
  created,
  skipped,
  wrong,
}: Pick<ImportPreview, 'created' | 'skipped' | 'wrong'>): string {
  const parts: [number, string][] = [
    [created, 'will be created'],
    [skipped, 'skipped'],
    [wrong, 'with errors'],
  ]
  const shown = parts.filter(([n]) => n > 0).map(([n, words]) => `${countText(n)} ${words}`)
  return shown.join(', ')
}

/** What a file of jobs leads to: "2 customers will be asked to refer. 1 referral will be converted." */
export function describeJobs({ asked, waiting, converted, old }: NonNullable<ImportPreview['jobs']>): string {
  const parts = [
    asked > 0 ? `${pluralize(asked, 'customer')} will be asked to refer.` : '',
    waiting > 0
      ? `${pluralize(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'} for a score before anybody is asked.`
      : '',
    asked + waiting === 0 ? 'Nobody will be asked to refer.' : '',
    converted > 0 ? `${pluralize(converted, 'referral')} will be converted.` : '',
    old > 0
      ? `${pluralize(old, 'job')} finished more than 7 days ago: nobody is asked about ${old === 1 ? 'it' : 'them'}, and ${old === 1 ? 'it converts' : 'they convert'} only by hand.`
      : '',
  ]
  return parts.filter(Boolean).join(' ')
}

/** "118 advocates imported. 2 rows were left out." */
export function describeImport({ kind, created, skipped }: Pick<Import, 'kind' | 'created' | 'skipped'>): string {
  const left = skipped > 0 ? ` ${pluralize(skipped, 'row was', 'rows were')} left out.` : ''
  return `${countOfKind(created, kind)} imported.${left}`
}

/** What undoing an import of this kind does, and what it keeps. */
export const undoDescriptions: Record<(typeof movedKinds)[number], { does: string; stays: string }> = {
  advocates: {
    does: 'Their links stop working and they leave the list of advocates.',
    stays: 'Anyone who has referrals by now stays an advocate.',
  },
  referrals: {
    does: 'They disappear from lists and totals. Nobody is told.',
    stays: 'Referrals that have converted stay.',
  },
  opening_balances: {
    does: 'Each amount is subtracted from the ledger as its own entry.',
    stays: 'If some of the credit was already used, the balance stays.',
  },
}
