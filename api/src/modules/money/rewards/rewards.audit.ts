import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { reward: 'Rewards', codes: 'Discount codes', credit: 'Credit' },
  actions: {
    'codes.uploaded': 'Discount codes uploaded',
    'credit.adjusted': { label: 'Credit adjusted', onSubject: 'adjusted their credit' },
    'credit.opened': { label: 'Opening balance imported', onSubject: 'imported an opening balance' },
    'credit.opening_taken_back': { label: 'Opening balance undone', onSubject: 'undid the opening balance' },
    'credit.redeemed': { label: 'Credit redeemed', onSubject: 'recorded a redemption' },
    'credit.request_done': { label: 'Request to use credit completed', onSubject: 'completed a request to use credit' },
    'credit.request_refused': {
      label: 'Request to use credit rejected',
      onSubject: 'rejected a request to use credit',
    },
    'credit.request_withdrawn': {
      label: 'Request to use credit withdrawn',
      onSubject: 'withdrew the request to use credit',
    },
    'credit.requested': { label: 'Credit use requested', onSubject: 'asked to use credit' },
    'reward.adjusted': 'Reward changed',
    'reward.approved': 'Reward approved',
    'reward.fulfilled': 'Reward delivered',
    'reward.refused': 'Reward rejected',
    'reward.reinstated': 'Rejected reward reinstated',
  },
})
