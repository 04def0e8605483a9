/** The parts of a campaign's page; the first is shown without a word of it in the address. */
export const campaignTabs = ['rewards', 'form', 'words', 'rules', 'referrals', 'history'] as const
export type CampaignTab = (typeof campaignTabs)[number]

export const tabWords: Record<CampaignTab, string> = {
  rewards: 'Rewards',
  form: 'Form',
  words: 'Name and words',
  rules: 'Dates and rules',
  referrals: 'Referrals',
  history: 'History',
}

/** Anything unknown in the address is passed over. */
export const readTab = (query: Readonly<Record<string, string>>, otherwise: CampaignTab): CampaignTab =>
  campaignTabs.find((tab) => tab === query.tab) ?? otherwise

const wordsFields = ['name', 'friendOffer', 'termsText', 'shareText', 'linkTarget', 'landingUrl']
const rulesFields = [
  'status',
  'startsOn',
  'startsAt',
  'endsOn',
  'endsAt',
  'whenEnded',
  'attribution',
  'existingCustomers',
  'expiresDays',
  'liveMax',
]

/** The tab a field is on. */
export function tabOf(field: string): CampaignTab {
  if (field.startsWith('form.')) return 'form'
  if (wordsFields.includes(field)) return 'words'
  return rulesFields.includes(field) ? 'rules' : 'rewards'
}
