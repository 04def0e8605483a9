/** Damage to the asks, and the invariant it breaks. */
export const askDamages: { invariant: string; by: string[] }[] = [
  {
    invariant: 'Every ask that is scheduled, and every reminder of one, is in the queue or with its message.',
    by: ["UPDATE invitations SET handed_over = '[]'", "DELETE FROM queue WHERE kind = 'ask'"],
  },
  {
    invariant: 'An ask that was sent says when and by what, and one that is scheduled has a link to send.',
    by: ["UPDATE invitations SET state = 'sent', handed_over = '[]', send_at = NULL"],
  },
  {
    invariant: 'Nobody was asked twice for one job.',
    by: [
      "UPDATE invitations SET job_id = (SELECT min(id) FROM jobs), state = 'sent', sent_at = 1, channels = '[\"sms\"]', handed_over = '[]'",
      `INSERT INTO invitations (id, organization_id, contact_id, campaign_id, job_id, kind, state, sent_at, channels, created_at)
        SELECT 'inv_00000000000000000000', organization_id, contact_id,
          (SELECT max(c.id) FROM campaigns c WHERE c.organization_id = i.organization_id), job_id, kind, state, sent_at, channels, created_at
        FROM invitations i`,
    ],
  },
]
