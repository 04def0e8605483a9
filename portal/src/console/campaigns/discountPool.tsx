import { useEffect, useMemo } from 'preact/hooks'
import { useConsole } from '../core/console.ts'
import { pluralize } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import type { EditorModel } from './editor.model.ts'

function CodesLeft({ campaignId }: { campaignId: string }) {
  const { client } = useConsole()
  const pool = useMemo(
    () =>
      createResource((abort) =>
        client.discountCodes.list({ params: { id: campaignId }, query: { limit: 1 } }, { signal: abort }),
      ),
    [client, campaignId],
  )
  useEffect(() => void pool.load(), [pool])
  const known = pool.data.value
  if (!known) return null
  const waits = known.waiting === 0 ? '' : ` ${pluralize(known.waiting, 'reward')} waiting for one.`
  return (
    <b class={known.left === 0 ? 'late' : undefined}>
      {known.left === 0 ? 'No codes left.' : `${pluralize(known.left, 'code')} left.`}
      {waits}{' '}
    </b>
  )
}

/** How many codes are left in the pool, with a link to it. A new campaign has none. */
export function DiscountPool({ model }: { model: EditorModel }) {
  const campaign = model.base.value
  if (!campaign) return <>Create the campaign first, then upload its codes.</>
  return (
    <>
      <CodesLeft campaignId={campaign.id} />
      Each reward takes the next code on the list.{' '}
      <a class="link" href={`/console/rewards?tab=codes&campaign=${campaign.id}`}>
        View and upload codes
      </a>
    </>
  )
}
