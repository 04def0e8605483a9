import { RunImport } from '@goodword/contracts'
import { runImport } from '../modules/surfaces/imports/imports.ts'
import type { Ctx } from '../shared/context.ts'
import type { Campaigns } from './campaigns.ts'

/** Advocates exported from the previous email tool. One already exists, and one line is invalid. */
const oldAdvocates = [
  'Full name,E-mail,Mobile,Referral code',
  'Harriet Lindgren,harriet.lindgren@mail.example,,HARRIET7',
  'Ousmane Fall,ousmane.fall@mail.example,,OUSMANE7',
  'Josefina Prado,josefina.prado@mail.example,,JPRADO77',
  'Anna Kowalski,anna.kowalski@mail.example,,',
  'Mr. Becker,mr.becker at mail,,',
]

/** Credit the business owed two of them from a punch card. */
const oldCredit = [
  'Name,Email,Credit balance,Note',
  'Harriet Lindgren,harriet.lindgren@mail.example,$40.00,From the punch card',
  'Ousmane Fall,ousmane.fall@mail.example,$15.50,From the punch card',
]

/** Imports the advocates of the previous tool, with their opening balances. */
export async function importHistory(owner: Ctx, { neighbors }: Campaigns): Promise<void> {
  const file = (kind: RunImport['kind'], lines: string[], fileName: string) =>
    RunImport.parse({ kind, campaignId: neighbors.id, text: lines.join('\n'), fileName })
  await runImport(owner, file('advocates', oldAdvocates, 'mailing-list.csv'))
  await runImport(owner, file('opening_balances', oldCredit, 'punch-cards.csv'))
}
