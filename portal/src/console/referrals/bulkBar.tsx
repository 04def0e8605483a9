import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { BulkActions } from '../core/bulkBar.tsx'
import { Notice } from '../core/notice.tsx'
import { pluralize } from '../core/relativeDates.ts'
import { exportUrl } from './listQuery.ts'
import type { ReferralsModel } from './referrals.model.ts'

/** Actions for the selected referrals; shown while any are selected. */
export function BulkBar({ model, onDecline }: { model: ReferralsModel; onDecline: () => void }) {
  const count = model.selected.value.size
  const busy = model.working.value.size > 0
  if (count === 0) return null
  return (
    <BulkActions label="Selected referrals" words={`${count} selected`} current={model.current.value}>
      <Button size="sm" look="quiet" icon="accepted" busy={busy} onClick={() => void model.bulkAccept()}>
        Accept
      </Button>
      <Button size="sm" look="quiet" icon="declined" busy={busy} onClick={onDecline}>
        Decline…
      </Button>
      <a
        class="btn quiet sm"
        href={exportUrl(model.query.value, [...model.selected.value])}
        download="goodword-referrals.csv"
      >
        <Icon name="download" />
        Export
      </a>
      <Button size="sm" look="quiet" onClick={() => model.clear()}>
        Clear
      </Button>
    </BulkActions>
  )
}

/** The result of a change: how many succeeded, and each failure with its reason. */
export function ChangeReport({ model }: { model: ReferralsModel }) {
  const report = model.report.value
  if (!report) return null
  const { done, word, failed } = report
  const close = (
    <Button
      size="sm"
      look="quiet"
      onClick={() => {
        model.report.value = null
      }}
    >
      Close
    </Button>
  )
  const sentence = `${pluralize(done, 'referral')} ${word}.`
  if (failed.length === 0) {
    return (
      <Notice tone="good" action={close}>
        {sentence}
      </Notice>
    )
  }
  return (
    <Notice tone="bad" action={close}>
      {done > 0 && `${sentence} `}
      {failed.length > 1 && `${failed.length} were not ${word}.`}
      {failed.length === 1 ? (
        <>
          <b>
            {failed[0]?.name} was not {word}.
          </b>{' '}
          {failed[0]?.sentence}
        </>
      ) : (
        <ul>
          {failed.map(({ id, name, sentence: why }) => (
            <li key={id}>
              <b>{name}.</b> {why}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
