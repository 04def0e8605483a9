import { describeAudit } from '../audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { organization: 'Organization', site: 'Websites' },
  actions: {
    'organization.logo_removed': 'Logo removed',
    'organization.logo_set': 'Logo changed',
    'organization.packed': 'Everything downloaded',
    'organization.updated': 'Organization’s settings changed',
    'site.added': 'Website added',
    'site.removed': 'Website removed',
  },
})
