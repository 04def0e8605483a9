import type { ReferralDetail } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { StatusBadge } from '../../shared/ui/badge.tsx'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { ConvertDialog } from '../convert/convert.dialog.tsx'
import { undoConversion } from '../convert/undo.ts'
import { useConsole } from '../core/console.ts'
import { loadSentence } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { dayAndTime } from '../core/when.ts'
import { DeclineDialog, ReasonDialog } from '../referrals/decline.dialog.tsx'
import { isLive } from '../referrals/next-step.ts'
import { Facts, Flags, Pair, Rewards, Rivals } from './cards.tsx'
import { createReferral, mayUndo, type ReferralModel } from './referral.model.ts'
import { Timeline } from './timeline.tsx'
import './referral.css'

type Open = 'convert' | 'decline' | 'undo' | null

function Actions({
  referral,
  model,
  open,
}: {
  referral: ReferralDetail
  model: ReferralModel
  open: (dialog: Open) => void
}) {
  const { me, now } = useConsole()
  const busy = model.sending.busy.value
  const more: MenuItem[] = []
  if (referral.status === 'accepted')
    more.push({ label: 'Back to pending', icon: 'undo', run: () => void model.unaccept() })
  if (isLive(referral)) more.push({ label: 'Decline…', icon: 'declined', danger: true, run: () => open('decline') })
  return (
    <>
      {referral.status === 'pending' && (
        <Button icon="accepted" busy={busy} onClick={() => void model.accept()}>
          Accept
        </Button>
      )}
      {isLive(referral) && (
        <Button look="primary" icon="converted" onClick={() => open('convert')}>
          Mark as converted
        </Button>
      )}
      {mayUndo(referral, me.actor, now.value) && (
        <Button icon="undo" onClick={() => open('undo')}>
          Undo conversion
        </Button>
      )}
      {more.length > 0 && (
        <Menu label="More actions" items={more} buttonClass="btn quiet square">
          <Icon name="ellipsis" />
        </Menu>
      )}
    </>
  )
}

function UndoDialog({ referral, model, close }: { referral: ReferralDetail; model: ReferralModel; close: () => void }) {
  const console = useConsole()
  const earned = referral.rewards.reduce((sum, reward) => sum + reward.amount, 0)
  const still = Date.now() < Date.parse(referral.conversion?.undoUntil ?? '')
  return (
    <ReasonDialog
      title={`Undo the conversion of ${referral.friend.name}`}
      description={`${formatMoney(earned, referral.currency)} in rewards is taken back from both sides. The advocate reads the reason.`}
      suggestions={['Marked by mistake', 'The job was refunded', 'The job changed']}
      initial={still ? 'Marked by mistake' : ''}
      button="Undo conversion"
      onClose={close}
      work={(reason) => undoConversion(console, referral.id, reason, model.put)}
    />
  )
}

function Standing({ referral }: { referral: ReferralDetail }) {
  const { now, me } = useConsole()
  const { conversion, status, supersededBy } = referral
  const until = conversion && Date.parse(conversion.undoUntil) > now.value ? conversion.undoUntil : null
  return (
    <>
      {status === 'converted' && until && (
        <Notice tone="info">
          This conversion can be undone until {dayAndTime(until, now.value, me.organization.timeZone)}.
        </Notice>
      )}
      {supersededBy && (
        <Notice tone="info">
          Another referral of this friend converted.{' '}
          <a href={`/console/referrals/${supersededBy}`}>Open the other one</a>
        </Notice>
      )}
    </>
  )
}

function Body({ referral, model }: { referral: ReferralDetail; model: ReferralModel }) {
  const failure = model.sending.failure.value
  return (
    <div class="detail">
      <div class="notices">
        {failure && <Notice tone="bad">{failure.sentence}</Notice>}
        <Standing referral={referral} />
        <Flags referral={referral} />
      </div>
      <div class="cols">
        <div class="col">
          <Pair referral={referral} />
          <Timeline referral={referral} />
        </div>
        <div class="col">
          <Rewards referral={referral} />
          <Rivals referral={referral} />
          <Facts referral={referral} />
        </div>
      </div>
    </div>
  )
}

const crumb = { href: '/console/referrals', label: 'Referrals' }

function NotLoaded({ model }: { model: ReferralModel }) {
  const failure = model.referral.failure.value
  if (!failure) return <Skeleton rows={6} label="Loading the referral" />
  if (failure.code === 'not_found' || failure.code === 'validation_failed') {
    return (
      <EmptyState
        card
        level={2}
        icon="search"
        title="This referral is not here"
        actions={<ButtonLink href="/console/referrals">Go to referrals</ButtonLink>}
      >
        It may belong to another organization, or the address is mistyped.
      </EmptyState>
    )
  }
  return (
    <ErrorState card level={2} title="The referral did not load" onRetry={model.referral.load}>
      {loadSentence(failure)}
    </ErrorState>
  )
}

/** One referral: who, what happened, what it paid. */
export function ReferralPage() {
  const { client, summary } = useConsole()
  const { params } = useRoute()
  const id = params.id ?? ''
  const model = useMemo(
    () => createReferral({ client, id, onChange: () => void summary.load() }),
    [client, id, summary],
  )
  const [open, setOpen] = useState<Open>(null)
  useEffect(() => {
    setOpen(null)
    void model.referral.load()
  }, [model])
  const referral = model.referral.data.value
  const close = () => setOpen(null)
  if (!referral) {
    return (
      <Page title="Referral" crumb={crumb}>
        <NotLoaded model={model} />
      </Page>
    )
  }
  return (
    <Page
      title={referral.friend.name}
      crumb={crumb}
      beside={<StatusBadge status={referral.status} />}
      actions={<Actions referral={referral} model={model} open={setOpen} />}
    >
      <Body referral={referral} model={model} />
      {open === 'convert' && (
        <ConvertDialog
          referral={referral}
          onClose={close}
          onChanged={(changed) => {
            model.put(changed)
          }}
        />
      )}
      {open === 'decline' && <DeclineDialog names={[referral.friend.name]} onClose={close} work={model.decline} />}
      {open === 'undo' && <UndoDialog referral={referral} model={model} close={close} />}
    </Page>
  )
}
