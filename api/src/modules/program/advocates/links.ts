type Campaign = { linkTarget: 'page' | 'hosted'; landingUrl: string | null }

/** The link an advocate shares: the business's own page with ?ref=, or the hosted page. */
export function linkOf(facts: { campaign: Campaign; code: string; publicUrl: string }): string {
  const { campaign, code, publicUrl } = facts
  if (campaign.linkTarget === 'hosted' || campaign.landingUrl === null) return `${publicUrl}/r/${code}`
  const url = new URL(campaign.landingUrl)
  url.searchParams.set('ref', code)
  return url.toString()
}
