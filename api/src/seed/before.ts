import { RunImport } from '@goodword/contracts'
import { runImport } from '../modules/surfaces/imports/imports.ts'
import type { Ctx } from '../shared/context.ts'
import type { Campaigns } from './offers.ts'

/** Advocates of the years before, as the old mailing tool gave them out: one is here already, one line cannot be read. */
const oldAdvocates = [
  'Full name,E-mail,Mobile,Referral code',
  'Harriet Lindgren,harriet.lindgren@mail.example,,HARRIET7',
  'Ousmane Fall,ousmane.fall@mail.example,,OUSMANE7',
  'Josefina Prado,josefina.prado@mail.example,,JPRADO77',
  'Anna Kowalski,anna.kowalski@mail.example,,',
  'Mr. Becker,mr.becker at mail,,',
]

/** What the business still owed two of them from a punch card. */
const oldCredit = [
  'Name,Email,Credit balance,Note',
  'Harriet Lindgren,harriet.lindgren@mail.example,$40.00,From the punch card',
  'Ousmane Fall,ousmane.fall@mail.example,$15.50,From the punch card',
]

/** Before Goodword there was another tool: who referred then came along, with what they were owed. */
export async function bringAlong(owner: Ctx, { neighbors }: Campaigns): Promise<void> {
  const file = (kind: RunImport['kind'], lines: string[], fileName: string) =>
    RunImport.parse({ kind, campaignId: neighbors.id, text: lines.join('\n'), fileName })
  await runImport(owner, file('advocates', oldAdvocates, 'mailing-list.csv'))
  await runImport(owner, file('opening_balances', oldCredit, 'punch-cards.csv'))
}
