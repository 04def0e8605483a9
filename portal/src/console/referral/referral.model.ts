import type { Client } from '@goodword/client'
import type { Me, ReferralDetail } from '@goodword/contracts'
import { mayReverseAny } from '@goodword/domain'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

/** One referral and what is done to it from its own page. */
export function createReferral({ client, id, onChange }: { client: Client; id: string; onChange: () => void }) {
  const referral = createResource((abort) => client.referrals.get({ params: { id } }, { signal: abort }))
  const sending = createSending()
  const put = (changed: ReferralDetail) => {
    referral.data.value = changed
    onChange()
  }
  /** True when it worked. */
  const act = async (work: () => Promise<ReferralDetail>) => {
    const changed = await sending.send(work)
    if (changed) put(changed)
    return changed !== null
  }
  return {
    referral,
    sending,
    put,
    accept: () => act(() => client.referrals.accept({ params: { id }, body: {} })),
    unaccept: () => act(() => client.referrals.unaccept({ params: { id } })),
    /** Throws what the server refused, for the dialog that asked for the reason. */
    async decline(reason: string) {
      put(await client.referrals.decline({ params: { id }, body: { reason } }))
    },
  }
}

export type ReferralModel = ReturnType<typeof createReferral>

/** Whether to offer taking the conversion back: for ten minutes to staff, at any time to an owner or admin (SPEC §2). */
export function mayUndo(referral: ReferralDetail, actor: Me['actor'], now: number): boolean {
  if (referral.status !== 'converted' || !referral.conversion) return false
  if (actor.type === 'member' && mayReverseAny(actor.role)) return true
  return now < Date.parse(referral.conversion.undoUntil)
}
