/**
 * What the end date does to open referrals: expire pending ones, expire accepted ones too, or only reject new ones
 * (SPEC §2).
 */
export const endEffects = ['expire_pending', 'expire_all', 'block_new'] as const
/** Which of several referrals of one friend wins: staff choose, or the first or last one (SPEC §4). */
export const attributions = ['manual', 'first', 'last'] as const

/** Who becomes an advocate by being identified on the business's website: nobody new, or every customer of it. */
export const enrollmentRules = ['invited', 'identified'] as const

export const campaignStatuses = ['draft', 'active', 'paused', 'ended'] as const
export const linkTargets = ['page', 'hosted'] as const
