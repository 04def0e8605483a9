import type { Invariant } from '../../../shared/module.ts'

export const connectionsInvariants: Invariant[] = [
  {
    invariant: 'A connection has at most one secret that does not end, and a deleted one has none.',
    broken: `SELECT connection_id FROM connection_secrets WHERE ends_at IS NULL GROUP BY connection_id HAVING count(*) > 1
      UNION ALL SELECT c.id FROM connections c JOIN connection_secrets s ON s.connection_id = c.id
        WHERE c.deleted_at IS NOT NULL`,
  },
  {
    invariant: 'The secrets of connections and webhooks are sealed.',
    broken: `SELECT id FROM connection_secrets WHERE is_plain = 1 OR secret LIKE 'whsec\\_%' ESCAPE '\\'
      UNION ALL SELECT id FROM webhook_endpoints WHERE is_plain = 1 OR secret LIKE 'whsec\\_%' ESCAPE '\\'
        OR previous_secret LIKE 'whsec\\_%' ESCAPE '\\'`,
  },
  {
    invariant: 'The mapping that a connection uses is one of its versions.',
    broken: `SELECT id FROM connections c WHERE mapping_version IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM connection_mappings m WHERE m.connection_id = c.id AND m.version = c.mapping_version)`,
  },
]
