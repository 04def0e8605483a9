import { FriendInput, type ReferralDetail } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { TextField } from '../../shared/ui/field.tsx'
import { undoConversion } from '../convert/undoConversion.ts'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { AdvocatePicker } from '../referrals/advocatePicker.tsx'
import { createAdvocateSearch } from '../referrals/advocateSearch.ts'
import { ReasonDialog } from '../referrals/decline.dialog.tsx'
import { readQuery, writeQuery } from '../referrals/listQuery.ts'
import { friendTitle } from '../referrals/nextStep.ts'
import { ReferralError } from '../referrals/referralError.tsx'
import { describeRewards } from '../rewards/rewards.labels.ts'
import type { ReferralModel } from './referral.model.ts'
import { RemovalConsequences } from './removal.tsx'
import { describeShortfall, shortfallOf } from './shortfall.ts'

type Props = { referral: ReferralDetail; model: ReferralModel; close: () => void }

/** "Anna has used $20.00 of it": shown to an admin before the reversal is confirmed. */
const ShortfallNotice = ({ shortfall, referral }: { shortfall: number | null; referral: ReferralDetail }) => (
  <div role="alert">{shortfall !== null && <Notice tone="warn">{describeShortfall(shortfall, referral)}</Notice>}</div>
)

/** Runs a reversal; "ask" means that an admin may confirm the debt, with `shortfall` set. */
function useReversal() {
  const console = useConsole()
  const shortfall = useSignal<number | null>(null)
  const attempt = async (work: (confirmOwed: boolean) => Promise<unknown>): Promise<'ask' | 'done'> => {
    try {
      await work(shortfall.value !== null)
      return 'done'
    } catch (error) {
      const found = isAdmin(console.me) ? shortfallOf(error) : null
      if (found === null) throw error
      shortfall.value = found
      return 'ask'
    }
  }
  return { shortfall, attempt }
}

/** "What it earned is taken back from both sides: $112.50 and 20% off." */
function takenBack(standing: ReferralDetail['rewards'], { currency }: ReferralDetail): string {
  if (standing.length === 0) return 'It earned no rewards that stand.'
  const sides = new Set(standing.map(({ side }) => side))
  const from = sides.size > 1 ? 'both sides' : sides.has('advocate') ? 'the advocate' : 'the friend'
  return `What it earned is taken back from ${from}: ${describeRewards(standing, currency)}.`
}

export function UndoDialog({ referral, model, close }: Props) {
  const console = useConsole()
  const { shortfall, attempt } = useReversal()
  const standing = referral.rewards.filter(({ status }) => status !== 'voided')
  const still = Date.now() < Date.parse(referral.conversion?.undoUntil ?? '')
  const verb = still ? 'Undo' : 'Reverse'
  return (
    <ReasonDialog
      title={`${verb} the conversion of ${referral.friend.name}`}
      description={`${takenBack(standing, referral)} The advocate sees the reason.`}
      suggestions={['Marked by mistake', 'The job was refunded', 'The job changed']}
      initial={still ? 'Marked by mistake' : ''}
      button={shortfall.value !== null ? 'Reverse anyway' : `${verb} conversion`}
      onClose={close}
      work={(reason) => attempt((confirmOwed) => undoConversion(console, referral.id, reason, model.put, confirmOwed))}
    >
      <ShortfallNotice shortfall={shortfall.value} referral={referral} />
    </ReasonDialog>
  )
}

/** Deletes the referral from all lists and counts; its rewards are reversed first. */
export function DeleteDialog({ referral, model, close }: Props) {
  const { toasts, summary } = useConsole()
  const { route } = useLocation()
  const { query } = useRoute()
  const { shortfall, attempt } = useReversal()
  const converted = referral.status === 'converted'
  return (
    <ReasonDialog
      title={`Remove the referral of ${friendTitle(referral)}`}
      description={
        converted
          ? 'Its rewards are taken back from both sides, and the advocate sees the reason. It disappears from lists and totals.'
          : 'It disappears from lists and totals. The contact and audit trail stay.'
      }
      suggestions={['Entered by mistake', 'Attributed to the wrong advocate', 'Entered twice']}
      first={<RemovalConsequences referral={referral} />}
      button={shortfall.value !== null ? 'Remove anyway' : 'Remove referral'}
      onClose={close}
      work={(reason) =>
        attempt(async (confirmOwed) => {
          await model.remove(reason, confirmOwed)
          void summary.load()
          toasts.show({ icon: 'trash', text: `The referral of ${friendTitle(referral)} is removed.` })
          route(writeQuery(readQuery(query)))
        })
      }
    >
      <ShortfallNotice shortfall={shortfall.value} referral={referral} />
    </ReasonDialog>
  )
}

export function ReopenDialog({ referral, model, close }: Props) {
  return (
    <ReasonDialog
      title={`Reopen ${friendTitle(referral)}`}
      description="It is pending again, and the days until it expires count from today."
      suggestions={['They called after all', 'Declined by mistake', 'The wrong advocate was chosen']}
      button="Reopen"
      danger={false}
      onClose={close}
      work={model.reopen}
    />
  )
}

/** Sets or corrects the advocate. Every check of a new referral runs, and failures are shown. */
export function AttributeDialog({ referral, model, close }: Props) {
  const { client } = useConsole()
  const { advocate, advocateNamed, campaign } = referral
  const search = useMemo(() => {
    const made = createAdvocateSearch({ client, campaignId: campaign.id })
    made.text.value = advocate ? '' : firstName(advocateNamed ?? '')
    return made
  }, [client, campaign.id])
  const sending = useMemo(createSending, [])
  const save = async () => {
    const chosen = search.chosen.value
    if (!chosen) return sending.showErrors({ advocateId: 'Choose who referred them from the list.' })
    const done = await sending.send(() => model.attribute(chosen.id))
    if (done) close()
    return done
  }
  return (
    <FormDialog
      title={advocate ? 'Change the advocate' : 'Choose the advocate'}
      description={`${friendTitle(referral)} · ${campaign.name}. Their reward uses today’s terms.`}
      onClose={close}
      sending={sending}
      send={save}
      button="Attribute"
      formError={<ReferralError failure={sending.failure.value} />}
    >
      {advocate && <p class="hint">Now: {advocate.name}</p>}
      {!advocate && advocateNamed && <p class="hint">Named: “{advocateNamed}”</p>}
      <AdvocatePicker
        search={search}
        label="Advocate"
        error={sending.errors.value.advocateId}
        autofocus
        nothingHint={`Invite them to ${campaign.name} first, under Advocates.`}
      />
    </FormDialog>
  )
}

/** Adds the friend's name and contact details to an incomplete referral. */
export function FriendDialog({ referral, model, close }: Props) {
  const name = useSignal(referral.friend.name)
  const phone = useSignal('')
  const email = useSignal('')
  const sending = useMemo(createSending, [])
  const errors = sending.errors.value
  const save = async () => {
    const given = (text: string) => text.trim() || undefined
    const body = sending.check(
      FriendInput.safeParse({ name: name.value, phone: given(phone.value), email: given(email.value) }),
    )
    const done = body && (await sending.send(() => model.nameFriend(body)))
    if (done) close()
    return done
  }
  const field = (label: string, text: typeof name, key: string, type: 'text' | 'tel' | 'email', autofocus = false) => (
    <TextField
      label={label}
      type={type}
      value={text.value}
      autofocus={autofocus}
      error={errors[key]}
      onInput={(typed) => {
        text.value = typed
      }}
    />
  )
  return (
    <FormDialog
      title="Add the friend’s details"
      description="A name, and a phone number or an email address. We recognize existing contacts."
      onClose={close}
      sending={sending}
      send={save}
      button="Save"
      formError={<ReferralError failure={sending.failure.value} />}
    >
      {field('Friend’s name', name, 'name', 'text', true)}
      <div class="two">
        {field('Phone', phone, 'phone', 'tel')}
        {field('Email', email, 'email', 'email')}
      </div>
    </FormDialog>
  )
}
