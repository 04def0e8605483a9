import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { campaign: 'Campaigns' },
  actions: {
    'campaign.archived': 'Campaign deleted',
    'campaign.created': 'Campaign created',
    'campaign.restored': 'Campaign restored',
    'campaign.terms_published': 'New terms published',
    'campaign.updated': 'Campaign changed',
  },
})
