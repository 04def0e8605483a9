/** The tabs of a campaign's page; the first is the default and has no URL parameter. */
export const campaignTabs = ['rewards', 'form', 'words', 'rules', 'referrals', 'history'] as const
export type CampaignTab = (typeof campaignTabs)[number]

export const tabLabels: Record<CampaignTab, string> = {
  rewards: 'Rewards',
  form: 'Form',
  words: 'Name and wording',
  rules: 'Dates and rules',
  referrals: 'Referrals',
  history: 'History',
}

/** Ignores unknown values. */
export const readTab = (query: Readonly<Record<string, string>>, fallback: CampaignTab): CampaignTab =>
  campaignTabs.find((tab) => tab === query.tab) ?? fallback

const templateFields = ['name', 'friendOffer', 'termsText', 'shareText', 'linkTarget', 'landingUrl']
const rulesFields = [
  'status',
  'startsOn',
  'startsAt',
  'endsOn',
  'endsAt',
  'whenEnded',
  'attribution',
  'enrollment',
  'existingCustomers',
  'expiresDays',
  'linkDays',
  'liveMax',
]

/** The tab that contains a field. */
export function tabOf(field: string): CampaignTab {
  if (field.startsWith('form.')) return 'form'
  if (templateFields.includes(field)) return 'words'
  return rulesFields.includes(field) ? 'rules' : 'rewards'
}
