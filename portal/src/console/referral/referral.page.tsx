import type { ReferralDetail } from '@goodword/contracts'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { StatusBadge } from '../../shared/ui/badge.tsx'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { ConvertDialog } from '../convert/convert.dialog.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { dayAndTime } from '../core/relativeDates.ts'
import { DeclineDialog } from '../referrals/decline.dialog.tsx'
import { writeQuery } from '../referrals/listQuery.ts'
import { friendTitle, isLive } from '../referrals/nextStep.ts'
import { AuditTrail, Duplicates, MessagesSent, Notes } from './background.tsx'
import { DetailsCard, Flags, PeopleCard, Rivals } from './cards.tsx'
import { AttributeDialog, DeleteDialog, FriendDialog, ReopenDialog, UndoDialog } from './dialogs.tsx'
import { FriendJobs } from './jobs.card.tsx'
import { Neighbors, useNeighbors } from './neighbors.tsx'
import { createReferral, mayReopen, mayUndo, type ReferralModel } from './referral.model.ts'
import { Rewards } from './rewards.card.tsx'
import { Timeline } from './timeline.tsx'
import './referral.css'

const dialogs = {
  undo: UndoDialog,
  reopen: ReopenDialog,
  attribute: AttributeDialog,
  friend: FriendDialog,
  delete: DeleteDialog,
}
type Open = keyof typeof dialogs | 'convert' | 'decline' | 'block'

type OpenDialogAction = { referral: ReferralDetail; model: ReferralModel; open: (dialog: Open) => void }

function MoreActions({ referral, model, open }: OpenDialogAction) {
  const live = isLive(referral)
  const more: MenuItem[] = []
  if (referral.status === 'accepted')
    more.push({ label: 'Back to pending', icon: 'undo', run: () => void model.unaccept() })
  if (live && referral.advocate)
    more.push({ label: 'Change the advocate…', icon: 'user-check', run: () => open('attribute') })
  if (live) more.push({ label: 'Decline…', icon: 'declined', danger: true, run: () => open('decline') })
  if (isAdmin(useConsole().me))
    more.push({ label: 'Remove referral…', icon: 'trash', danger: true, run: () => open('delete') })
  if (more.length === 0) return null
  return (
    <Menu label="More actions" items={more} buttonClass="btn quiet square">
      <Icon name="ellipsis" />
    </Menu>
  )
}

/** The primary action: convert, or first what is missing to convert. */
function PrimaryAction({ referral, open }: Pick<OpenDialogAction, 'referral' | 'open'>) {
  if (!isLive(referral)) return null
  if (referral.friend.contactId === null) {
    return (
      <Button look="primary" icon="user-plus" onClick={() => open('friend')}>
        Add the friend’s details
      </Button>
    )
  }
  if (referral.advocate === null) {
    return (
      <Button look="primary" icon="user-check" onClick={() => open('attribute')}>
        Choose the advocate
      </Button>
    )
  }
  return (
    <Button look="primary" icon="converted" onClick={() => open('convert')}>
      Mark as converted
    </Button>
  )
}

function Actions({ referral, model, open }: OpenDialogAction) {
  const { me, now } = useConsole()
  const undoable = referral.conversion && now.value < Date.parse(referral.conversion.undoUntil)
  return (
    <>
      {referral.status === 'pending' && (
        <Button icon="accepted" busy={model.sending.busy.value} onClick={() => void model.accept()}>
          Accept
        </Button>
      )}
      <PrimaryAction referral={referral} open={open} />
      {mayUndo(referral, me.actor, now.value) && (
        <Button icon="undo" onClick={() => open('undo')}>
          {undoable ? 'Undo conversion' : 'Reverse conversion'}
        </Button>
      )}
      {mayReopen(referral) && (
        <Button icon="undo" onClick={() => open('reopen')}>
          Reopen
        </Button>
      )}
      <MoreActions referral={referral} model={model} open={open} />
    </>
  )
}

function Summary({ referral }: { referral: ReferralDetail }) {
  const { now, me } = useConsole()
  const { conversion, status, supersededBy, friendErased } = referral
  const until = conversion && Date.parse(conversion.undoUntil) > now.value ? conversion.undoUntil : null
  return (
    <>
      {mayUndo(referral, me.actor, now.value) && until && (
        <Notice tone="info">
          This conversion can be undone until {dayAndTime(until, now.value, me.organization.timeZone)}.
        </Notice>
      )}
      {friendErased && (
        <Notice tone="info">
          This friend’s details were deleted.
          {status !== 'converted' && ' Add a new referral when they come back.'}
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

/** What is missing before the referral can convert, with the action to add it. */
function MissingDetails({ referral, open }: Pick<OpenDialogAction, 'referral' | 'open'>) {
  if (!isLive(referral)) return null
  const { advocate, advocateNamed, friend } = referral
  return (
    <>
      {advocate === null && (
        <Notice
          tone="warn"
          action={
            <Button size="sm" onClick={() => open('attribute')}>
              Choose the advocate
            </Button>
          }
        >
          <b>The advocate is unknown.</b> {advocateNamed ? `All we have is “${advocateNamed}”. ` : ''}Choose one before
          it converts.
        </Notice>
      )}
      {friend.contactId === null && (
        <Notice
          tone="warn"
          action={
            <Button size="sm" onClick={() => open('friend')}>
              Add details
            </Button>
          }
        >
          <b>The friend has no name yet.</b> Add a name, and a phone number or an email address, before it converts.
        </Notice>
      )}
    </>
  )
}

function Body({ referral, model, open }: OpenDialogAction) {
  const failure = model.sending.failure.value
  return (
    <div class="referral-detail">
      <div class="notices">
        {failure && <Notice tone="bad">{failure.sentence}</Notice>}
        <Summary referral={referral} />
        <MissingDetails referral={referral} open={open} />
        <Flags referral={referral} model={model} onBlock={() => open('block')} />
      </div>
      <div class="cols">
        <div class="col">
          <PeopleCard referral={referral} />
          <Timeline referral={referral} />
          <Notes model={model} />
        </div>
        <div class="col">
          <Rewards referral={referral} />
          <FriendJobs referral={referral} onChanged={model.load} />
          <Rivals referral={referral} />
          <Duplicates referral={referral} model={model} />
          <DetailsCard referral={referral} model={model} />
          <MessagesSent model={model} />
          <AuditTrail model={model} />
        </div>
      </div>
    </div>
  )
}

function OpenDialog({
  open,
  referral,
  model,
  close,
}: Omit<OpenDialogAction, 'open'> & { open: Open; close: () => void }) {
  if (open === 'convert') return <ConvertDialog referral={referral} onClose={close} onChanged={model.put} />
  if (open === 'decline' || open === 'block') {
    const names = [friendTitle(referral)]
    return <DeclineDialog names={names} invalid={open === 'block'} onClose={close} work={model.decline} />
  }
  const Asked = dialogs[open]
  return <Asked referral={referral} model={model} close={close} />
}

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
      {loadFailureText(failure)}
    </ErrorState>
  )
}

/** One referral: people, timeline and rewards. */
export function ReferralPage() {
  const { client, summary } = useConsole()
  const { params } = useRoute()
  const id = params.id ?? ''
  const { keepPlace, ...neighbors } = useNeighbors(id)
  const model = useMemo(() => {
    const onChange = () => {
      keepPlace()
      void summary.load()
    }
    return createReferral({ client, id, onChange })
  }, [client, id, summary, keepPlace])
  const [open, setOpen] = useState<Open | null>(null)
  useEffect(() => {
    setOpen(null)
    model.load()
  }, [model])
  const referral = model.referral.data.value
  const close = () => setOpen(null)
  const crumb = { href: writeQuery(neighbors.list), label: 'Referrals' }
  if (!referral) {
    return (
      <Page title="Referral" crumb={crumb} actions={<Neighbors {...neighbors} />}>
        <NotLoaded model={model} />
      </Page>
    )
  }
  return (
    <Page
      title={friendTitle(referral)}
      crumb={crumb}
      beside={<StatusBadge status={referral.status} />}
      actions={
        <>
          <Neighbors {...neighbors} />
          <Actions referral={referral} model={model} open={setOpen} />
        </>
      }
    >
      <Body referral={referral} model={model} open={setOpen} />
      {open && <OpenDialog open={open} referral={referral} model={model} close={close} />}
    </Page>
  )
}
