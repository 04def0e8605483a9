/**
 * In which campaign a customer whom the website identified is enrolled; null if in none. `asked` is the campaign of the
 * element, `known` are those they were ever enrolled in: a link that staff deactivated is not made anew. `joinable` are
 * the ones open to them now.
 */
export function campaignToJoin(
  asked: string | undefined,
  known: readonly string[],
  joinable: readonly string[],
): { ok: true; campaignId: string | null } | { ok: false; code: 'identity_campaign_needed' } {
  if (asked !== undefined)
    return { ok: true, campaignId: !known.includes(asked) && joinable.includes(asked) ? asked : null }
  const [only, another] = joinable
  if (known.length > 0 || only === undefined) return { ok: true, campaignId: null }
  return another === undefined ? { ok: true, campaignId: only } : { ok: false, code: 'identity_campaign_needed' }
}
