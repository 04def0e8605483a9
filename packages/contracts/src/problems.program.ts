import type { Catalog } from './problems.catalog.ts'

/** Errors of the business rules. */
export const programProblems = {
  // Incomplete referrals.
  referral_unattributed: {
    status: 409,
    title: 'The advocate is unknown',
    cure: 'Choose the advocate first.',
  },
  friend_unknown: {
    status: 409,
    title: 'The friend has no name yet',
    cure: "Enter the friend's name and an email address or phone number first.",
  },

  import_undone: {
    status: 409,
    title: 'This import was already undone',
    cure: 'Import the file again if it was a mistake.',
  },
  import_stays: {
    status: 409,
    title: 'Jobs that were imported stay',
    cure: 'Hold back what was not sent yet under Jobs, What happened.',
  },

  feature_off: {
    status: 409,
    title: 'This part of Goodword is off',
    cure: 'An owner or admin can switch it on under Settings, Features.',
  },
  secret_needed: {
    status: 409,
    title: 'The other system makes this secret',
    cure: 'Copy the signing secret from the other system and send it as `secret`.',
  },
  mapping_not_used: {
    status: 409,
    title: 'These events need no mapping',
    cure: 'Goodword reads the events of this kind of connection as they are.',
  },
  ask_refused: {
    status: 409,
    title: 'They can’t be asked now',
    cure: 'The limits of the campaign and what the customer wants come first.',
  },
  event_not_retryable: {
    status: 409,
    title: 'This event can’t be tried again',
    cure: 'It has been read since, or what was sent has been deleted. Look at what came of it.',
  },

  // Submitting a referral, in the order of the checks (SPEC §4).
  code_unknown: {
    status: 404,
    title: 'We don’t know that code',
    cure: 'Check the code, or ask your friend to send the link again.',
  },
  campaign_not_active: {
    status: 409,
    title: 'This offer is not open',
    cure: 'You can still contact the business directly.',
  },
  campaign_not_started: {
    status: 409,
    title: 'This offer has not started yet',
    cure: 'Come back on the day it starts.',
  },
  campaign_ended: { status: 409, title: 'This offer has ended', cure: 'You can still contact the business directly.' },
  self_referral: {
    status: 409,
    title: 'This is your own link',
    cure: 'Send it to a friend. You cannot refer yourself.',
  },
  referral_loop: {
    status: 409,
    title: 'This person referred you',
    cure: 'Someone who referred you cannot be your friend in the same campaign.',
  },
  friend_is_advocate: {
    status: 409,
    title: 'This person already refers friends in this campaign',
    cure: 'They have their own link.',
  },
  already_referred: {
    status: 409,
    title: 'You have already referred this person',
    cure: 'Nothing more to do. We have their details.',
  },
  advocate_limit_reached: {
    status: 409,
    title: 'This advocate has as many open referrals as the campaign allows',
    cure: 'Close some of the open referrals, or raise the limit of the campaign.',
  },
  existing_customer: {
    status: 409,
    title: 'This person is already a customer',
    cure: 'The campaign is for first-time customers.',
  },
  referral_not_possible: {
    status: 409,
    title: "We can't add this referral",
    cure: "Thanks. We can't add this referral; call us and we'll sort it out.",
  },
  form_token_invalid: {
    status: 400,
    title: 'The form was open too long',
    cure: 'Send it again. Your details are still here.',
  },
  form_too_fast: { status: 400, title: 'That was very quick', cure: 'Check your details and send it again.' },
  submission_rejected: { status: 400, title: 'We could not take these details', cure: 'Call us and say who sent you.' },
  hidden_field_filled: {
    status: 400,
    title: 'A field that people cannot see was filled',
    cure: 'Check your details and send it again.',
  },
  proof_needed: {
    status: 429,
    title: 'More forms arrive than usual',
    cure: 'Wait a few seconds, then send it again.',
  },

  // Changing a referral.
  transition_not_allowed: { status: 409, title: 'The referral has moved on', cure: 'Load it again to see its status.' },
  conversion_differs: {
    status: 409,
    title: 'This referral was converted with other values',
    cure: 'Open it to see the conversion. A conversion is never edited.',
  },
  rival_converted: {
    status: 409,
    title: 'Another referral of this friend has converted',
    cure: 'One referral of a friend earns in a campaign. Open the other one.',
  },
  friend_details_missing: {
    status: 409,
    title: 'The friend has no name and no contact details yet',
    cure: 'Add a name and an email or phone first.',
  },
  job_value_required: { status: 422, title: 'This campaign pays a share of the job', cure: 'Enter the job value.' },
  undo_too_late: {
    status: 409,
    title: 'This conversion can no longer be undone by you',
    cure: 'Ask an admin to reverse it.',
  },
  credit_spent: {
    status: 409,
    title: 'The credit was already used',
    cure: 'An admin can reverse it; the rest is then owed back.',
  },

  credit_insufficient: {
    status: 409,
    title: 'There is not that much credit',
    cure: 'Enter an amount up to what can be used now.',
  },

  reward_settled: {
    status: 409,
    title: 'This reward cannot be marked like that',
    cure: 'Load the list again. Credit is redeemed as it is used.',
  },
  reward_not_refused: {
    status: 409,
    title: 'This reward can’t be reinstated',
    cure: 'Reload the list: it was already reinstated, or its conversion was reversed.',
  },
  reward_over_limit: {
    status: 409,
    title: 'The limits of the campaign leave no room for this reward',
    cure: 'Raise the limit of the campaign first.',
  },
  request_closed: {
    status: 409,
    title: 'This request was answered already',
    cure: 'Reload the list to see the answer.',
  },

  // People, campaigns, keys.
  advocate_exists: {
    status: 409,
    title: 'This person is already an advocate of the campaign',
    cure: 'Open the advocate named in the detail.',
  },
  contact_gone: {
    status: 409,
    title: 'This contact was merged or erased',
    cure: 'Open the contact that took its place.',
  },
  address_taken: {
    status: 409,
    title: 'Another contact has this address',
    cure: 'Merge them if they are the same person.',
  },
  last_address: {
    status: 409,
    title: 'This is their only address',
    cure: 'Add another one first, so that they can still be reached.',
  },
  leaderboard_needs_name: {
    status: 409,
    title: 'The leaderboard shows a first name, and there is none',
    cure: 'Enter the name first.',
  },
  leaderboard_address_taken: {
    status: 409,
    title: 'Another leaderboard has this address',
    cure: 'Choose another one.',
  },
  merge_not_possible: {
    status: 409,
    title: 'These two cannot be merged yet',
    cure: 'Resolve the conflict named in the detail first.',
  },
  name_differs: {
    status: 400,
    title: 'That is not the name of this contact',
    cure: 'Type the name as it is shown.',
  },
  code_taken: { status: 409, title: 'Someone has this code already', cure: 'Choose another one.' },
  contact_unreachable: {
    status: 422,
    title: 'There is no way to reach this person',
    cure: 'Enter an email address or a phone number.',
  },
  phone_invalid: {
    status: 400,
    title: 'That is not a phone number',
    cure: 'Enter the whole number, with + and the country for one abroad.',
  },
  campaign_changed: {
    status: 409,
    title: 'Someone else published this campaign meanwhile',
    cure: 'Reload it; your changes are still in the form.',
  },
  campaign_transition: {
    status: 409,
    title: 'The campaign can’t change to that status',
    cure: 'Load it again to see its status.',
  },
  campaign_in_use: {
    status: 409,
    title: 'This campaign has advocates or referrals, or was open before',
    cure: 'End it instead; everything it has stays.',
  },
  organization_exists: {
    status: 409,
    title: 'You already have an organization of that name',
    cure: 'Switch to it, or choose another name.',
  },
  currency_fixed: {
    status: 409,
    title: 'The currency can no longer change',
    cure: 'Your campaigns use it. Create another organization for another currency.',
  },
  logo_invalid: {
    status: 400,
    title: 'That picture cannot be the logo',
    cure: 'Use a PNG, JPEG or WebP of at most 200 kB and 2,000 × 2,000 pixels.',
  },
  last_owner: {
    status: 409,
    title: 'This is the only owner',
    cure: 'Make someone else an owner first.',
  },
  key_replaced: {
    status: 409,
    title: 'This key was replaced or revoked',
    cure: 'Rotate the key that took its place, or create a new one.',
  },
  staff_may_not_convert: {
    status: 403,
    title: 'Only owners and admins convert here',
    cure: 'Ask one of them to convert it, or to let staff convert under Settings, Organization.',
  },
  member_exists: { status: 409, title: 'This person is already a member', cure: 'They can sign in with that address.' },
  site_invalid: {
    status: 400,
    title: 'That is not a website origin',
    cure: 'Start with https:// and leave out the path, like https://harborsons.example',
  },
  webhook_url_refused: {
    status: 422,
    title: 'Events cannot be sent there',
    cure: 'Enter an https address that can be reached from the internet.',
  },
  webhook_disabled: { status: 409, title: 'This webhook is switched off', cure: 'Enable it first.' },
  webhook_limit_reached: {
    status: 409,
    title: 'You have reached the limit of webhooks',
    cure: 'Remove one of the 20 that you no longer need.',
  },
  message_not_retryable: {
    status: 409,
    title: 'This message is not waiting for a retry',
    cure: 'Only a failed message can be sent again.',
  },
} as const satisfies Catalog
