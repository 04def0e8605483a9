import type { Member } from '@goodword/contracts'

export const roleLabels: Record<Member['role'], { label: string; sentence: string }> = {
  owner: { label: 'Owner', sentence: 'Everything, owners included.' },
  admin: { label: 'Admin', sentence: 'Everything but who is an owner.' },
  staff: { label: 'Staff', sentence: 'Referrals, advocates and rewards; no settings.' },
  agent: { label: 'Agent', sentence: 'Their own referrals.' },
}
