import type { EventType } from './webhooks.ts'

/** When each event is sent, as the API reference says it. */
export const eventMeanings: Record<EventType, string> = {
  'referral.created': 'A friend was referred: by the form, by staff, by an import or by the API.',
  'referral.accepted': 'Staff accepted a referral: contacted or in progress.',
  'referral.declined': 'Staff declined a referral.',
  'referral.converted': 'A referral converted, by hand or by a job. Its rewards have events of their own.',
  'referral.expired':
    'A referral expired: by time, by staff, or because another referral of the same friend converted.',
  'referral.reopened': 'A declined or expired referral is open again.',
  'referral.reversed': 'A conversion was taken back, with its rewards.',
  'referral.attributed': 'A referral got its advocate, or another one.',
  'advocate.enrolled': 'A contact became an advocate of a campaign, or an archived one is back.',
  'advocate.archived': 'An advocate was archived, and their link was deactivated.',
  'invitation.scheduled': 'A customer will be asked to refer at `sendAt`. Sent again when that moves.',
  'invitation.sent': 'The message that asks a customer to refer was sent, or its one reminder.',
  'invitation.opened':
    'A customer who was asked used the page of their link. Opening it alone doesn’t count: programs do that, too.',
  'invitation.joined': 'A friend left their details through the link of a customer who was asked.',
  'invitation.canceled': 'A customer who was to be asked won’t be, with the reason.',
  'reward.created': 'A reward was earned. It may be on hold, or wait for approval or delivery.',
  'reward.issued': 'A reward can be used: its hold is over, or its code or card was delivered.',
  'reward.redeemed': 'A reward was used, handed over or paid out.',
  'reward.voided': 'A reward was taken back or rejected.',
  'reward.reinstated': 'A rejected reward counts again.',
  'reward.adjusted': 'The amount of a reward changed, because a part of its job was refunded or that was undone.',
  'credit.adjusted': 'Staff or the API added or removed credit.',
  'credit.redeemed': 'Credit was used, on an invoice or as a payout.',
  'credit.requested': 'An advocate asks to use credit.',
  'contact.merged': 'Two contacts became one: `otherId` is now `contactId`.',
  'contact.erased': 'The personal data of a contact was erased. Erase it on your side, too.',
  'campaign.updated': 'A campaign or its terms changed.',
  'endpoint.test': 'You chose to send a test event.',
}
