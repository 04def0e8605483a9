import type { Currency, Terms } from '@goodword/contracts'
import { decideRewards, formatMoney, ordinal } from '@goodword/domain'
import { Table, TableHead } from '../../shared/ui/table.tsx'

const shown = 6

type Paid = { advocate: number; friend: number; total: number }

/** What the nth friend's job pays both sides, without limits; null where a job value is needed and missing. */
function paidFor(terms: Terms, currency: Currency, jobValue: number | null, nth: number): Paid | null {
  const decided = decideRewards({
    current: terms,
    promised: null,
    currency,
    jobValue,
    convertedBefore: { ever: nth - 1, thisYear: nth - 1 },
    paidToAdvocate: { ever: 0, year: 0, month: 0 },
    paidInCampaign: 0,
    friendWithoutReward: false,
    advocateErased: false,
  })
  return decided.ok ? { advocate: decided.advocate.amount, friend: decided.friend.amount, total: decided.total } : null
}

/** The first six referrals of an advocate under the terms being edited, where the reward grows with them. */
export function EachReferral({
  terms,
  currency,
  jobValue,
}: {
  terms: Terms
  currency: Currency
  jobValue: number | null
}) {
  if (terms.tiers.length === 0 && terms.milestones.length === 0) return null
  const paid = Array.from({ length: shown + 1 }, (_, index) => paidFor(terms, currency, jobValue, index + 1))
  const rows = paid.slice(0, shown).flatMap((one) => one ?? [])
  const next = paid[shown]
  if (rows.length < shown || !next) return null
  const money = (amount: number) => formatMoney(amount, currency)
  const sum = (side: keyof Paid) => money(rows.reduce((total, row) => total + row[side], 0))
  const isLast = [...terms.tiers.map(({ from }) => from), ...terms.milestones.map(({ at }) => at)].every(
    (from) => from <= shown + 1,
  )
  return (
    <section class="card" aria-label="What each referral pays">
      <header>
        <h2>What each referral pays</h2>
      </header>
      <Table caption="What each referral pays" name="each">
        <TableHead columns={['Referral', { end: 'Advocate' }, { end: 'Friend' }, { end: 'Costs you' }]} />
        <tbody>
          {rows.map(({ advocate, friend, total }, index) => (
            <tr key={ordinal(index + 1)}>
              <th scope="row">{ordinal(index + 1)}</th>
              <td class="r strong">{money(advocate)}</td>
              <td class="r">{money(friend)}</td>
              <td class="r">{money(total)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Six</th>
            <td class="r strong">{sum('advocate')}</td>
            <td class="r strong">{sum('friend')}</td>
            <td class="r strong">{sum('total')}</td>
          </tr>
        </tbody>
      </Table>
      <footer>
        {isLast && `The ${ordinal(shown + 1)} and later pay ${money(next.advocate)}. `}
        The advocate sees the next step in the portal.
      </footer>
    </section>
  )
}
