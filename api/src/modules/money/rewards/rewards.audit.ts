import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { reward: 'Rewards', codes: 'Discount codes', credit: 'Credit', gift_cards: 'Gift cards' },
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
    'gift_cards.changed': 'Account for gift cards changed',
    'gift_cards.connected': 'Account for gift cards connected',
    'gift_cards.disconnected': 'Account for gift cards disconnected',
    'reward.delivered': 'Gift card delivered by hand',
    'reward.delivery_dated': 'Day of a delivery changed',
    'reward.delivery_retried': 'Gift card ordered again',
    'reward.fulfilled': 'Reward delivered',
    'reward.overridden': 'Status of a reward changed',
    'reward.refused': 'Reward rejected',
    'reward.reinstated': 'Rejected reward reinstated',
  },
})
