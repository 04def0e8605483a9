import * as z from 'zod'
import { Email, id, Moment, Name } from './primitives.ts'

export const roles = ['owner', 'admin', 'staff', 'agent'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** A membership that the invited person has not accepted yet. */
export const Invitation = z.strictObject({
  id: id('member'),
  organization: z.strictObject({ id: id('organization'), name: z.string() }),
  /** Their name in the organization. */
  name: z.string(),
  role: Role,
})
export type Invitation = z.infer<typeof Invitation>

/** The invitation that a sign-in link was for; null if the person is a member already. */
export const SignedIn = z.strictObject({ invitation: Invitation.nullable() })
export type SignedIn = z.infer<typeof SignedIn>

export const Member = z.strictObject({
  id: id('member'),
  name: z.string(),
  email: z.string(),
  role: Role,
  /** `invited` until they accept. Until then they have no access and get no messages. */
  status: z.enum(['invited', 'active']),
  createdAt: Moment,
  /** When they last used this organization's console, accurate to a few minutes; null if never. */
  lastSeenAt: Moment.nullable(),
})
export type Member = z.infer<typeof Member>

export const InviteMember = z.strictObject({ name: Name, email: Email, role: Role.exclude(['agent']) })
export type InviteMember = z.infer<typeof InviteMember>

/** Who wants a link that signs them in to the console. */
export const RequestSignIn = z.strictObject({ email: Email })
