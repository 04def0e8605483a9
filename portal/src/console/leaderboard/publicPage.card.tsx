import {
  type LeaderboardPeriod,
  type LeaderboardSettings,
  leaderboardLengths,
  leaderboardPeriods,
  UpdateLeaderboardSettings,
} from '@goodword/contracts'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormDialog, FormError } from '../core/formDialog.tsx'
import { isAdmin } from '../core/isAdmin.ts'
import { CodeBox } from '../install/code.tsx'
import { type LeaderboardModel, periodLabels } from './leaderboard.model.ts'

const lengths = leaderboardLengths.map((length) => ({ value: `${length}`, label: `First ${length}` }))
const periods = leaderboardPeriods.map((value: LeaderboardPeriod) => ({ value, label: periodLabels[value] }))

/** Whether and how everyone sees the leaderboard. Each change is saved at once. */
export function PublicPageCard({ model }: { model: LeaderboardModel }) {
  const { client, me, toasts } = useConsole()
  const sending = useMemo(createSending, [])
  const renaming = useSignal(false)
  const settings = model.settings.data.value
  if (!settings) return null
  const writable = isAdmin(me)
  const change = async (body: UpdateLeaderboardSettings) => {
    const saved = await sending.send(() => client.leaderboard.update({ body }))
    // What wasn't saved isn't shown as if it were; an answer that got lost may have been saved all the same.
    model.settings.data.value = saved ?? { ...settings }
    if (!saved) void model.settings.load()
    return saved
  }
  const { isPublic, url, opensWith, shows, announcesWinner } = settings
  const answer = model.answer.value
  return (
    <section class="card" aria-labelledby="public-page">
      <header>
        <h2 id="public-page">Public page</h2>
      </header>
      <div class="body">
        <FormError sending={sending} />
        <fieldset class="publicpage" disabled={!writable}>
          <legend class="sr-only">Public page</legend>
          <Check
            checked={isPublic}
            onChange={(on) =>
              void change({ isPublic: on }).then(
                (saved) =>
                  saved && toasts.show({ text: on ? 'Everyone can see the leaderboard.' : 'Only you see it now.' }),
              )
            }
            title="Show it to everyone"
          >
            {writable
              ? 'On its own page, in the portal and on your website.'
              : 'Only owners and admins can change this.'}
          </Check>
          <div class="kb">
            <span class="mono">{url.replace(/^https?:\/\//, '')}</span>
            {writable && (
              <Button size="sm" look="quiet" onClick={() => (renaming.value = true)}>
                Change
              </Button>
            )}
            <CopyButton text={url} what="the address of the public page" />
          </div>
          <ul class="ticks">
            <li>
              <Icon name="check" />
              <span>First name and initial, and a count</span>
            </li>
            {answer && (
              <li>
                <Icon name="check" />
                <span>
                  Only advocates who switched it on in their portal:{' '}
                  <b class="num">
                    {answer.listed} of {answer.advocates}
                  </b>
                </span>
              </li>
            )}
            <li>
              <Icon name="x" />
              <span>Never amounts, phones, emails or links</span>
            </li>
          </ul>
          <div class="two">
            <Select
              label="Opens with"
              value={opensWith}
              options={periods}
              onChange={(value) => void change({ opensWith: value })}
            />
            <Select
              label="Shows"
              value={`${shows}`}
              options={lengths}
              onChange={(value) =>
                void change({ shows: leaderboardLengths.find((length) => `${length}` === value) ?? shows })
              }
            />
          </div>
          <Check
            checked={announcesWinner}
            onChange={(on) => void change({ announcesWinner: on })}
            title="Announce the winner of each month"
          >
            Everyone on it gets an email on the first day of the next month.
          </Check>
        </fieldset>
      </div>
      {isPublic && (
        <footer>
          <a href={url} target="_blank" rel="noopener">
            See the page
          </a>
        </footer>
      )}
      {renaming.value && (
        <AddressDialog settings={settings} change={change} sending={sending} onClose={() => (renaming.value = false)} />
      )}
    </section>
  )
}

function AddressDialog({
  settings,
  change,
  sending,
  onClose,
}: {
  settings: LeaderboardSettings
  change: (body: UpdateLeaderboardSettings) => Promise<LeaderboardSettings | null>
  sending: ReturnType<typeof createSending>
  onClose: () => void
}) {
  const slug = useSignal(settings.slug)
  const save = async () => {
    const body = sending.check(UpdateLeaderboardSettings.safeParse({ slug: slug.value }))
    const saved = body && (await change(body))
    if (saved) onClose()
    return saved
  }
  return (
    <FormDialog
      title="Address of the public page"
      description="Whoever has the old address finds nothing there any more."
      onClose={onClose}
      sending={sending}
      send={save}
      button="Save"
    >
      <TextField
        label="Ends with"
        value={slug.value}
        onInput={(text) => {
          slug.value = text
        }}
        error={sending.errors.value.slug}
        mono
      />
    </FormDialog>
  )
}

/** The element for the organization's website. */
export const WidgetCard = () => (
  <section class="card" aria-labelledby="in-widget">
    <header>
      <h2 id="in-widget">In your site’s widget</h2>
    </header>
    <div class="body">
      <CodeBox
        place="Where the list should be"
        label="element"
        code={'<goodword-leaderboard>\n</goodword-leaderboard>'}
      />
    </div>
  </section>
)
