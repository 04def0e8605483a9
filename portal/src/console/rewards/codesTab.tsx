import type { DiscountCode, DiscountCodePools } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { Dash, Table, TableHead } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { PagedBody } from '../core/pagedBody.tsx'
import { formatAgo, pluralize, shortDay } from '../core/relativeDates.ts'
import { type CodesModel, createCodes } from './codes.model.ts'
import type { RewardsModel } from './rewards.model.ts'

type Pool = DiscountCodePools['items'][number]
type Does = { model: RewardsModel; onAdd: (campaign: Pool['campaign']) => void }

function PoolRow({ pool, model, onAdd, open }: Does & { pool: Pool; open: boolean }) {
  const { campaign, left, given, over, waiting, warning } = pool
  const who = <span class="sr-only"> {campaign.name}</span>
  return (
    <tr aria-selected={open}>
      <td class="recipient">
        <b class="strong">{campaign.name}</b>
        {warning === 'low' && waiting === 0 && <span class="sub late">Few codes are left</span>}
        {warning === 'empty' && waiting === 0 && <span class="sub late">No codes are left</span>}
        {over > 0 && <span class="sub">{pluralize(over, 'code')} past the last day</span>}
        {waiting > 0 && <span class="sub late">{pluralize(waiting, 'reward waits', 'rewards wait')} for a code</span>}
      </td>
      <td class="r num">{countText(left)}</td>
      <td class="r num">{countText(given)}</td>
      <td class="act">
        <Button size="sm" onClick={() => model.change({ campaignId: open ? null : campaign.id })}>
          {open ? 'Hide codes' : 'Show codes'}
          {who}
        </Button>
        <Button size="sm" look="tint" icon="plus" onClick={() => onAdd(campaign)}>
          Add codes{who}
        </Button>
      </td>
    </tr>
  )
}

function CodeRow({ code }: { code: DiscountCode }) {
  const { now, me } = useConsole()
  const { timeZone } = me.organization
  return (
    <tr>
      <td class="recipient mono">{code.code}</td>
      <td class="what">
        {code.givenTo ? (
          <a href={`/console/contacts/${code.givenTo.id}`}>{code.givenTo.name}</a>
        ) : (
          <Dash label="not given yet" />
        )}
      </td>
      <td class="job muted">
        {code.givenAt
          ? `Given ${formatAgo(code.givenAt, now.value, timeZone)}`
          : `Added ${formatAgo(code.createdAt, now.value, timeZone)}`}
        {code.lastDay &&
          ` · ${code.isOver ? 'ended' : 'until'} ${shortDay(Date.parse(`${code.lastDay}T12:00:00Z`), now.value, 'UTC')}`}
      </td>
    </tr>
  )
}

function Codes({ codes }: { codes: CodesModel }) {
  return (
    <PagedBody
      list={{ ...codes, page: codes.codes }}
      title="Codes"
      level={2}
      rows={6}
      empty={<EmptyState level={2} icon="tag" title="No codes in this campaign yet" />}
    >
      {(items) => (
        <Table caption="Codes of the campaign, newest first" name="rewards-list codes">
          <TableHead columns={['Code', 'Given to', 'When']} />
          <tbody>
            {items.map((code) => (
              <CodeRow key={code.id} code={code} />
            ))}
          </tbody>
        </Table>
      )}
    </PagedBody>
  )
}

/** Campaigns with a code pool: how many codes are left, and who got which. `version` changes when codes were added. */
export function CodesTab({ model, onAdd, version }: Does & { version: number }) {
  const { client } = useConsole()
  const codes = useMemo(
    () => createCodes({ client, go: (at) => model.change({ campaignId: model.list.value.campaignId, cursor: at }) }),
    [client, model],
  )
  const { campaignId, cursor } = model.list.value
  useEffect(() => codes.show(campaignId, cursor), [codes, campaignId, cursor, version])
  const { data, failure } = codes.pools
  if (failure.value)
    return (
      <ErrorState level={2} title="Codes did not load" onRetry={codes.pools.load}>
        {loadFailureText(failure.value)}
      </ErrorState>
    )
  if (!data.value) return <Skeleton rows={4} label="Loading codes" />
  const pools = data.value.items
  if (pools.length === 0) {
    return (
      <EmptyState
        level={2}
        icon="tag"
        title="No campaign gives codes"
        actions={<ButtonLink href="/console/campaigns">Campaigns</ButtonLink>}
      >
        Choose “discount code” for a side of a campaign. Codes you upload, or that are made when one is due, show up
        here.
      </EmptyState>
    )
  }
  return (
    <>
      <Table caption="Discount codes by campaign" name="rewards-list pools">
        <TableHead columns={['Campaign', { end: 'Left' }, { end: 'Given' }, { unseen: 'Actions' }]} />
        <tbody>
          {pools.map((pool) => (
            <PoolRow key={pool.campaign.id} {...{ pool, model, onAdd }} open={pool.campaign.id === campaignId} />
          ))}
        </tbody>
      </Table>
      {campaignId && <Codes codes={codes} />}
    </>
  )
}
