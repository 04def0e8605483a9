import type { ContactLedger, CreditBalance, Currency, LedgerEntry } from '@goodword/contracts'
import { formatDay, formatMoney } from '@goodword/domain'
import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { Dash, Table, TableHead } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime } from '../core/relativeDates.ts'
import { AdjustmentDialog, RedemptionDialog } from './entry.dialog.tsx'
import { availableIn, createLedger, createWallet, type LedgerModel, type Wallet } from './ledger.model.ts'
import { payoutLabels } from './payout.ts'
import './ledger.css'

type Dialog = { kind: 'adjust' | 'redeem'; wallet: Wallet }

function Balance({ balance }: { balance: CreditBalance }) {
  const { available, held, owed, currency } = balance
  return (
    <dl class="balance">
      <div>
        <dt>Available</dt>
        <dd class="now">{formatMoney(available, currency)}</dd>
      </div>
      <div>
        <dt>On hold</dt>
        <dd>{formatMoney(held, currency)}</dd>
      </div>
      {owed > 0 && (
        <div>
          <dt>Owed back</dt>
          <dd class="late">{formatMoney(owed, currency)}</dd>
        </div>
      )}
    </dl>
  )
}

/** What the entry changed for the contact: available credit, or else credit on hold or debt. */
function Change({ entry }: { entry: LedgerEntry }) {
  const { available, held, owed, currency } = entry
  const money = (amount: number) => formatMoney(amount, currency, { sign: true })
  if (available !== 0) return <span class={available > 0 ? 'up' : 'strong'}>{money(available)}</span>
  if (owed !== 0) return <span class="late">{money(owed)} owed</span>
  return <span class="muted">{money(held)} on hold</span>
}

/** "Check, no. 1042, paid Nov 28, 2026". */
function payoutText({ method, reference, paidOn }: NonNullable<LedgerEntry['payout']>): string {
  const day = formatDay(Date.parse(`${paidOn}T12:00:00Z`), 'UTC', { year: true })
  return [method && payoutLabels[method], reference, `paid ${day}`].filter(Boolean).join(', ')
}

function Entry({ entry }: { entry: LedgerEntry }) {
  const { now, me } = useConsole()
  const small = [entry.payout && payoutText(entry.payout), entry.note, entry.by].filter(Boolean).join(' · ')
  return (
    <tr>
      <td class="what">
        {entry.referralId ? <a href={`/console/referrals/${entry.referralId}`}>{entry.label}</a> : <b>{entry.label}</b>}
        {small && <span class="sub">{small}</span>}
      </td>
      <td class="when muted nowrap">
        <time dateTime={entry.at}>{dayAndTime(entry.at, now.value, me.organization.timeZone)}</time>
      </td>
      <td class="r change">
        <Change entry={entry} />
      </td>
      <td class="r left">
        {entry.available === 0 ? <Dash label="unchanged" /> : formatMoney(entry.balance, entry.currency)}
      </td>
    </tr>
  )
}

function Entries({ model, known }: { model: LedgerModel; known: ContactLedger }) {
  if (known.items.length === 0) {
    return (
      <EmptyState icon="receipt" title="No credit yet" level={3}>
        Rewards, redemptions and adjustments show up here, each with the balance after it.
      </EmptyState>
    )
  }
  return (
    <>
      <Table caption="Credit movements, newest first" name="ledger">
        <TableHead columns={['What', 'When', { end: 'Change' }, { end: 'Balance' }]} />
        <tbody>
          {known.items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </tbody>
      </Table>
      {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
      {known.nextCursor !== null && (
        <footer>
          <Button size="sm" busy={model.adding.value} onClick={() => void model.more()}>
            Show earlier entries
          </Button>
        </footer>
      )}
    </>
  )
}

type ActionsProps = { known: ContactLedger; currency: Currency; open: (dialog: Dialog) => void }

function Actions({ known, currency, open }: ActionsProps) {
  const { me } = useConsole()
  const wallet = createWallet(known.balances, [currency, me.organization.currency])
  const usable = availableIn(wallet)
  return (
    <>
      {isAdmin(me) && (
        <Button size="sm" icon="pencil" onClick={() => open({ kind: 'adjust', wallet })}>
          Adjust
        </Button>
      )}
      {usable && (
        <Button size="sm" icon="receipt" onClick={() => open({ kind: 'redeem', wallet: usable })}>
          Record redemption
        </Button>
      )}
    </>
  )
}

const openDialog = () => signal<Dialog | null>(null)

/**
 * A contact's credit: available, on hold and owed, with the entries behind it. Changes default to `currency`, or else
 * to the organization's. `balances` are those that the page knows: it loads again when they change.
 */
export function LedgerCard({
  contactId,
  currency,
  balances = [],
}: {
  contactId: string
  currency?: Currency
  balances?: readonly CreditBalance[]
}) {
  const { client, toasts, summary, me } = useConsole()
  const model = useMemo(() => createLedger({ client, contactId }), [client, contactId])
  const dialog = useMemo(openDialog, [contactId])
  const onPage = JSON.stringify(balances)
  useEffect(() => void model.ledger.load(), [model, onPage])
  const known = model.ledger.data.value
  const failure = model.ledger.failure.value
  const open = dialog.value
  const close = () => {
    dialog.value = null
  }
  const onDone = (balance: CreditBalance) => {
    close()
    toasts.show({ icon: 'check', text: `${formatMoney(balance.available, balance.currency)} available now.` })
    void model.ledger.load()
    void summary.load()
  }
  return (
    <section class="card credit" aria-labelledby="credit-head" aria-busy={model.ledger.loading.value}>
      <header>
        <h2 id="credit-head">Credit</h2>
        {known && (
          <Actions
            known={known}
            currency={currency ?? me.organization.currency}
            open={(next) => {
              dialog.value = next
            }}
          />
        )}
      </header>
      {failure && (
        <ErrorState title="Credit did not load" onRetry={model.ledger.load} level={3}>
          {loadFailureText(failure)}
        </ErrorState>
      )}
      {!known && !failure && <Skeleton rows={4} label="Loading credit" />}
      {known?.balances.map((balance) => (
        <Balance key={balance.currency} balance={balance} />
      ))}
      {known && <Entries model={model} known={known} />}
      {open?.kind === 'redeem' && <RedemptionDialog {...{ contactId, onDone }} wallet={open.wallet} onClose={close} />}
      {open?.kind === 'adjust' && <AdjustmentDialog {...{ contactId, onDone }} wallet={open.wallet} onClose={close} />}
    </section>
  )
}
