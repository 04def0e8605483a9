import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { leaderboard: 'Leaderboard' },
  actions: { 'leaderboard.settings_changed': 'Leaderboard’s settings changed' },
})
