import { describeAudit } from '../audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { connection: 'Connected systems' },
  actions: {
    'connection.created': 'System connected',
    'connection.deleted': 'Connection deleted',
    'connection.mapping_set': 'Mapping of a connection changed',
    'connection.paused': 'Connection paused',
    'connection.renamed': 'Connection renamed',
    'connection.resumed': 'Connection resumed',
    'connection.secret_replaced': 'Secret of a connection replaced',
  },
})
