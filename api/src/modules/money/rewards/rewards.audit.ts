import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { reward: 'Rewards', codes: 'Discount codes', credit: 'Credit' },
  actions: {
    'codes.uploaded': 'Discount codes uploaded',
    'credit.adjusted': { label: 'Credit adjusted', onSubject: 'adjusted their credit' },
    'credit.opened': { label: 'Opening balance brought in', onSubject: 'brought in an opening balance' },
    'credit.opening_taken_back': { label: 'Opening balance taken back', onSubject: 'took the opening balance back' },
    'credit.redeemed': { label: 'Credit redeemed', onSubject: 'recorded a redemption' },
    'credit.request_done': { label: 'Request to use credit done', onSubject: 'did what was asked with the credit' },
    'credit.request_refused': { label: 'Request to use credit refused', onSubject: 'refused a request to use credit' },
    'credit.request_withdrawn': {
      label: 'Request to use credit withdrawn',
      onSubject: 'withdrew the request to use credit',
    },
    'credit.requested': { label: 'Asked to use credit', onSubject: 'asked to use credit' },
    'reward.approved': 'Reward approved',
    'reward.fulfilled': 'Reward handed over',
    'reward.refused': 'Reward refused',
    'reward.reinstated': 'Refused reward given after all',
  },
})
