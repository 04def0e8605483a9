import type { Advocate, Currency, RewardValue } from '@goodword/contracts'
import { firstName, formatBasisPoints, formatDay, formatMoney } from '@goodword/domain'
import { useLocation } from 'preact-iso'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { Dash } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { formatAgo } from '../core/relativeDates.ts'
import type { AdvocatesModel } from './advocates.model.ts'

/** "harborsons.example/r/ANNA7Q2": the link without its scheme. */
const shortLink = (link: string) => link.replace(/^https?:\/\//, '')

const valueText = (value: RewardValue, currency: Currency) =>
  value.type === 'fixed' ? formatMoney(value.amount, currency) : `${formatBasisPoints(value.basisPoints)} of the job`

const marksMost = 10

/** The next tier in words, with a mark for each friend on the way to the last one. */
function Tier({ tier, converted, currency }: Pick<Advocate, 'tier' | 'converted' | 'currency'>) {
  if (!tier) return <Dash label="no tiers" />
  const { next, value, last } = tier
  return (
    <span class="tier">
      <span class="strong num">
        {next
          ? `${next.more} more until ${valueText(next.value, currency)}`
          : `Top tier, ${valueText(value, currency)}`}
      </span>
      {last <= marksMost && (
        <span class="pips" aria-hidden="true">
          {Array.from({ length: last }, (_, index) => (
            <i key={index} class={index < converted ? 'on' : undefined} />
          ))}
        </span>
      )}
    </span>
  )
}

const askWords = { sent: 'not opened', opened: 'opened', joined: 'brought a friend' } as const

/** One advocate in one campaign: their link, what came of it, and when they were last asked. */
export function AdvocateRow({
  advocate,
  model,
  withTiers,
}: {
  advocate: Advocate
  model: AdvocatesModel
  withTiers: boolean
}) {
  const { toasts, now, me } = useConsole()
  const { route } = useLocation()
  const list = `/console/referrals?advocate=${advocate.id}`
  const resend = async () => {
    if (await model.resend(advocate))
      toasts.show({ icon: 'send', text: `${firstName(advocate.name)}’s invitation was sent again.` })
  }
  const ask = async () => {
    if (!(await model.ask(advocate))) return
    toasts.show({ icon: 'send', text: `${firstName(advocate.name)} will be asked to refer.` })
    void model.page.load()
  }
  const jobsOn = me.organization.features.includes('jobs')
  return (
    <tr>
      <td>
        <span class="who">
          <Avatar name={advocate.name} />
          <span>
            <a class="name" href={`/console/advocates/${advocate.id}`}>
              {advocate.name}
            </a>
            <span class="sub">{advocate.campaign.name}</span>
          </span>
        </span>
      </td>
      <td class="link">
        <span class="mono" title={advocate.link}>
          <bdi>{shortLink(advocate.link)}</bdi>
        </span>
        <CopyButton iconOnly text={advocate.link} what={`the link of ${advocate.name}`} />
        <span class="sub">
          {advocate.sharedAt === null
            ? advocate.referrals > 0
              ? 'No visits yet'
              : 'Not shared yet'
            : `Shared since ${formatDay(Date.parse(advocate.sharedAt), me.organization.timeZone)}`}
        </span>
      </td>
      <td class="r">
        {advocate.referrals > 0 ? (
          <a href={list}>
            {countText(advocate.referrals)}
            <span class="sr-only"> referrals of {advocate.name}</span>
          </a>
        ) : (
          <span class="muted">0</span>
        )}
      </td>
      <td class="r converted">{countText(advocate.converted)}</td>
      <td class="r earned strong">
        {advocate.earned === 0 ? <Dash label="nothing earned" /> : formatMoney(advocate.earned, advocate.currency)}
      </td>
      <td class="asked">
        {advocate.lastAsk ? (
          <>
            {formatDay(Date.parse(advocate.lastAsk.at), me.organization.timeZone)}
            <span class="sub">{askWords[advocate.lastAsk.state]}</span>
          </>
        ) : (
          <Dash label="never asked" />
        )}
      </td>
      {withTiers && (
        <td class="next">
          <Tier {...advocate} />
        </td>
      )}
      <td class="r muted since">{formatAgo(advocate.createdAt, now.value, me.organization.timeZone)}</td>
      <td class="act">
        <Menu
          label={`More actions for ${advocate.name}`}
          buttonClass="btn sm quiet square"
          items={[
            { label: 'Open', icon: 'user', run: () => route(`/console/advocates/${advocate.id}`) },
            { label: 'Resend invitation', icon: 'send', run: () => void resend() },
            ...(jobsOn ? [{ label: 'Ask again', icon: 'send' as const, run: () => void ask() }] : []),
            { label: 'Show their referrals', icon: 'inbox', run: () => route(list) },
          ]}
        >
          <Icon name="ellipsis" />
        </Menu>
      </td>
    </tr>
  )
}
