import type { ConversionPreview } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { Check } from '../../shared/ui/field.tsx'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { pluralize, shortDay } from '../core/relativeDates.ts'
import type { ConvertModel } from './convert.model.ts'

/** "Anna", "Anna and Priya", "Anna, Priya and Joe". */
export function formatList(names: string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

const channelLabels = { email: 'email', sms: 'text' } as const

/** "Anna by email and text, Priya by email." */
function describeRecipients(recipients: ConversionPreview['tells']): string {
  const names = [...new Set(recipients.map(({ name }) => name))]
  const described = names.map((name) => {
    const channels = recipients.filter((one) => one.name === name).map(({ channel }) => channelLabels[channel])
    return `${firstName(name)} by ${formatList(channels)}`
  })
  return `${described.join(', ')}.`
}

function Effect({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <li>
      <span class="ic">
        <Icon name={icon} />
      </span>
      <p>{children}</p>
    </li>
  )
}

/** What converting does, and whether to notify. */
export function ConversionEffects({ model, friendName }: { model: ConvertModel; friendName: string }) {
  const { now, me } = useConsole()
  const preview = model.preview.data.value
  const friend = firstName(friendName)
  const released = preview ? shortDay(Date.parse(preview.availableAt), now.value, me.organization.timeZone) : ''
  const recipients = preview?.tells ?? []
  return (
    <fieldset class="happens">
      <legend>What will happen</legend>
      <ul>
        <Effect icon="converted">
          <b>{friend} moves to Converted.</b>
          {preview &&
            !model.unknown.value &&
            preview.advocate.kind === 'credit' &&
            preview.held &&
            ` ${firstName(preview.advocate.name)}’s hold runs ${pluralize(preview.holdDays, 'day')}, to ${released}.`}
        </Effect>
        {preview && preview.rivals.length > 0 && (
          <Effect icon="expired">
            <b>
              {pluralize(preview.rivals.length, 'rival referral')} {preview.rivals.length === 1 ? 'expires' : 'expire'}.
            </b>{' '}
            {formatList(preview.rivals.map((rival) => rival.advocateName))} also referred {friend}.
          </Effect>
        )}
        {preview?.suggested && (
          <Effect icon={preview.suggested.counts ? 'alert' : 'info'}>
            {preview.suggested.counts ? (
              <>
                <b class="late">By the campaign’s rules, {preview.suggested.advocateName}’s referral counts.</b>{' '}
                Converting this one rewards {preview.advocate.name} instead.
              </>
            ) : (
              <>
                <b>
                  {preview.suggested.advocateName} referred {friend} first.
                </b>{' '}
                You choose by converting one.
              </>
            )}
          </Effect>
        )}
        {preview?.friendBecomesAdvocate && (
          <Effect icon="user-plus">
            <b>{friend} becomes an advocate,</b> with their own link.
          </Effect>
        )}
        {preview && recipients.length === 0 ? (
          <Effect icon="mail">
            <b>Nobody is emailed or texted.</b> There is no email or phone number to reach them.
          </Effect>
        ) : (
          <li>
            <Check
              checked={model.notify.value}
              title={
                recipients.length > 0
                  ? `Tell ${formatList([...new Set(recipients.map(({ name }) => firstName(name)))])}`
                  : 'Tell them'
              }
              onChange={(checked) => {
                model.notify.value = checked
              }}
            >
              {recipients.length > 0 && describeRecipients(recipients)}
              {me.delivery === 'kept' && ' Saved under Messages but not emailed, because no email server is set up.'}
            </Check>
          </li>
        )}
      </ul>
    </fieldset>
  )
}
