import * as z from 'zod'
import { languages } from './languages.ts'
import { id, Moment, PageQuery } from './primitives.ts'

export const templateNames = [
  'member_sign_in',
  'portal_sign_in',
  'portal_address',
  'advocate_invited',
  'invitation_ask',
  'invitation_reminder',
  'invitation_follow_up',
  'referral_received_staff',
  'referral_received_advocate',
  'referral_received_friend',
  'referral_digest_staff',
  'referral_digest_advocate',
  'leaderboard_winner',
  'reward_earned',
  'friend_welcome',
  'reward_released',
  'conversion_reversed',
  'reward_refused',
  'reward_reinstated',
  'reward_adjusted',
  'reward_code',
  'reward_card',
  'codes_needed_staff',
  'reward_notice_staff',
  'webhook_disabled_staff',
  'credit_requested_staff',
  'low_score_staff',
  'text_reply_staff',
  'credit_request_done',
  'credit_request_refused',
] as const
export const TemplateName = z.enum(templateNames)
export type TemplateName = z.infer<typeof TemplateName>

/** queued → sending → sent | failed; kept when no provider is set up: visible here, but not sent. */
export const messageStates = ['queued', 'sending', 'sent', 'kept', 'failed', 'suppressed'] as const
export const MessageState = z.enum(messageStates)
export type MessageState = z.infer<typeof MessageState>

export const MessageRow = z.strictObject({
  id: id('message'),
  channel: z.enum(['email', 'sms']),
  template: TemplateName,
  to: z.string(),
  name: z.string().nullable(),
  subject: z.string(),
  state: MessageState,
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: Moment,
  sentAt: Moment.nullable(),
  nextAttemptAt: Moment.nullable(),
})
export type MessageRow = z.infer<typeof MessageRow>

/** Links that sign someone in are replaced by "[link hidden]" in `body`. */
export const MessageDetail = MessageRow.extend({
  body: z.string(),
  /** The language of subject and body; null for a custom template, whose language is unknown. */
  language: z.enum(languages).nullable(),
})
export type MessageDetail = z.infer<typeof MessageDetail>

export const MessageQuery = PageQuery.extend({ state: MessageState.optional() })
export type MessageQuery = z.infer<typeof MessageQuery>
