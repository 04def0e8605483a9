import { describePerson, findOrCreateContact } from '../modules/people/contacts/contacts.ts'
import { transaction } from '../shared/context.ts'
import type { Company, DemoServices } from './organization.ts'

const weekMs = 7 * 86_400_000

/** Joe entered a customer twice, with different addresses: two contacts to merge. */
export async function addDuplicateContact(
  demo: DemoServices,
  { staff, organization }: Company,
  now: number,
): Promise<void> {
  demo.at(now - weekMs)
  const person = { name: 'Joanna Reyes', email: 'joanna.reyes+home@mail.example' }
  await transaction(staff, (tx) => findOrCreateContact(tx, describePerson(organization.country, person), 'staff'))
  demo.at(now)
}
