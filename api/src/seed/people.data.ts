import { gloria, stefan } from './jobs/jobs.data.ts'

/** A referral between people with names in the demo. Days are counted back from today; amounts are cents. */
export type FriendStory = {
  advocate: string
  friend: string
  /** Distinguishes people of the same name, or one who is referred twice. */
  email?: string
  message?: string
} & (
  | { ends: 'pending' | 'accepted' | 'expired'; sent: number }
  | { ends: 'declined'; sent: number; reason: string }
  | { ends: 'converted'; converted: number; job: number; sent?: number }
)

export const anna = 'Anna Kowalski'
/** What Anna used on an invoice three weeks ago. */
export const annaUsed = { daysAgo: 22, amount: 2_500 }
/** What she requested yesterday, for the next one. */
export const annaRequests = { daysAgo: 1, amount: 2_000 }

export const neighbors = [
  anna,
  'Dana Whitfield',
  'Marcus Tate',
  'Joanna Reyes',
  'Walter Nguyen',
  'Beatriz Salgado',
  'Miriam Adler',
]
export const partners = ['Luis Ferreira', 'Harlan Brooks']
/** Also invited in the first weeks, with generated names. */
export const moreNeighbors = 13
export const morePartners = 2

const annasFriends: FriendStory[] = [
  { advocate: anna, friend: 'Hugo Lindqvist', ends: 'expired', sent: 200 },
  { advocate: anna, friend: 'Ruth Bauer', ends: 'expired', sent: 121 },
  { advocate: anna, friend: 'Noor Rahman', ends: 'declined', sent: 103, reason: 'Found someone closer' },
  { advocate: anna, friend: 'Marcus Thorne', ends: 'converted', converted: 75, job: 90_000 },
  { advocate: anna, friend: 'Ines Duarte', email: 'ines.duarte@mail.example', ends: 'expired', sent: 57 },
  { advocate: anna, friend: 'Dana Ward', ends: 'converted', converted: 40, job: 110_000 },
  { advocate: anna, friend: 'Carmen Vidal', ends: 'accepted', sent: 16 },
  {
    advocate: anna,
    friend: 'Priya Shah',
    ends: 'converted',
    converted: 5,
    job: 125_000,
    message: 'The water heater is 14 years old and leaks a little.',
  },
  { advocate: anna, friend: 'Sam Keller', ends: 'accepted', sent: 9 },
  { advocate: anna, friend: 'Leo Moreau', ends: 'pending', sent: 2 },
]

const neighborsFriends: FriendStory[] = [
  { advocate: 'Dana Whitfield', friend: 'Rashid Nasser', ends: 'converted', converted: 290, job: 64_000 },
  { advocate: 'Dana Whitfield', friend: 'Colette Fournier', ends: 'converted', converted: 214, job: 182_000 },
  { advocate: 'Dana Whitfield', friend: 'Brett Holloway', ends: 'expired', sent: 160 },
  { advocate: 'Dana Whitfield', friend: 'Aiko Tamura', ends: 'converted', converted: 132, job: 95_500 },
  {
    advocate: 'Dana Whitfield',
    friend: 'Wendy Strand',
    ends: 'declined',
    sent: 96,
    reason: 'Outside our service area',
  },
  { advocate: 'Dana Whitfield', friend: 'Goran Petrović', ends: 'converted', converted: 61, job: 121_000 },
  { advocate: 'Dana Whitfield', friend: 'Omar Haddad', ends: 'converted', converted: 9, job: 215_000 },
  { advocate: 'Dana Whitfield', friend: 'Elena Petrova', email: 'elena.p@mail.example', ends: 'pending', sent: 2.4 },
  { advocate: 'Marcus Tate', friend: 'Odessa Grant', ends: 'converted', converted: 255, job: 78_000 },
  { advocate: 'Marcus Tate', friend: 'Teodor Ilić', ends: 'converted', converted: 188, job: 142_500 },
  { advocate: 'Marcus Tate', friend: 'Simone Achebe', ends: 'converted', converted: 117, job: 118_000 },
  { advocate: 'Marcus Tate', friend: 'Yuki Tanaka', ends: 'expired', sent: 63 },
  { advocate: 'Marcus Tate', friend: 'Peter van den Berg', ends: 'converted', converted: 24, job: 161_500 },
  { advocate: 'Marcus Tate', friend: 'Elena Petrova', email: 'elena.p@mail.example', ends: 'pending', sent: 1.1 },
  {
    advocate: 'Marcus Tate',
    friend: 'Tomás Rivera',
    ends: 'pending',
    sent: 0.024,
    message: 'Two bathrooms, and the kitchen drain is slow. Mornings are best.',
  },
  { advocate: 'Joanna Reyes', friend: 'Fiona Mackey', ends: 'converted', converted: 233, job: 205_000 },
  { advocate: 'Joanna Reyes', friend: 'Amadou Keita', ends: 'converted', converted: 149, job: 232_000 },
  {
    advocate: 'Joanna Reyes',
    friend: 'Ines Duarte',
    email: 'ines.duarte@mail.example',
    ends: 'converted',
    converted: 49,
    sent: 58,
    job: 239_000,
  },
  { advocate: 'Joanna Reyes', friend: 'Hannah Osei', ends: 'converted', converted: 6, job: 64_000 },
  { advocate: 'Joanna Reyes', friend: 'Victor Lindgren', ends: 'accepted', sent: 12 },
  { advocate: 'Joanna Reyes', friend: 'Marisol Peña', ends: 'pending', sent: 0.21 },
  { advocate: 'Walter Nguyen', friend: 'Sunil Iyer', ends: 'converted', converted: 171, job: 98_000 },
  { advocate: 'Walter Nguyen', friend: 'Deborah Klein', ends: 'converted', converted: 83, job: 143_000 },
  {
    advocate: 'Walter Nguyen',
    friend: 'Ben Abernathy',
    ends: 'declined',
    sent: 12,
    reason: 'Outside our service area',
  },
  { advocate: 'Walter Nguyen', friend: 'Grace Lindqvist', ends: 'accepted', sent: 6 },
  { advocate: 'Walter Nguyen', friend: 'Abigail Stone', ends: 'pending', sent: 5.2 },
  { advocate: 'Beatriz Salgado', friend: 'Nora Fitzgerald', ends: 'expired', sent: 140 },
  { advocate: 'Beatriz Salgado', friend: 'Kwame Asante', ends: 'converted', converted: 109, job: 71_000 },
  { advocate: 'Beatriz Salgado', friend: 'Ludovica Conti', ends: 'converted', converted: 33, job: 97_000 },
  { advocate: 'Beatriz Salgado', friend: 'Jorge Mendes', ends: 'accepted', sent: 4.3 },
  {
    advocate: 'Miriam Adler',
    friend: 'Pauline Roche',
    ends: 'declined',
    sent: 77,
    reason: 'Wanted another kind of work',
  },
  { advocate: 'Miriam Adler', friend: 'Isaac Green', ends: 'converted', converted: 28, job: 90_000 },
  { advocate: 'Miriam Adler', friend: 'Thérèse Lavigne', ends: 'accepted', sent: 3.6 },
]

const luis = 'Luis Ferreira'
const harlan = 'Harlan Brooks'
const partnersFriends: FriendStory[] = [
  { advocate: luis, friend: 'Corner Press Coffee', ends: 'converted', converted: 301, job: 240_000 },
  { advocate: luis, friend: 'Oakmont Yoga Studio', ends: 'converted', converted: 246, job: 310_000 },
  { advocate: luis, friend: 'Ferry Landing Apartments', ends: 'converted', converted: 198, job: 980_000 },
  { advocate: luis, friend: 'Bayview Veterinary Clinic', ends: 'converted', converted: 151, job: 655_000 },
  { advocate: luis, friend: 'Alder & Pine Architects', ends: 'converted', converted: 98, job: 415_000 },
  {
    advocate: luis,
    friend: 'Northside Dental',
    email: 'rachel.kim@mail.example',
    ends: 'converted',
    converted: 48,
    job: 1_240_000,
    message: 'Repiping a five-chair clinic over two weekends.',
  },
  { advocate: luis, friend: 'Harbor Street Bakery', ends: 'converted', converted: 11, job: 780_000 },
  { advocate: luis, friend: 'Mill Road Brewing', ends: 'accepted', sent: 8 },
  {
    advocate: luis,
    friend: 'Kofi Mensah',
    ends: 'pending',
    sent: 4.1,
    message: 'New grease trap before the health inspection.',
  },
  { advocate: harlan, friend: 'Sunset Lofts', ends: 'expired', sent: 130 },
  { advocate: harlan, friend: 'Pier 9 Ceramics', ends: 'converted', converted: 66, job: 500_000 },
  { advocate: harlan, friend: 'Juniper Childcare', ends: 'accepted', sent: 19 },
  { advocate: harlan, friend: 'Oakmont Hardware', ends: 'pending', sent: 1.7 },
]

/** Friends of customers who were asked after their job and joined. */
const askedFriends: FriendStory[] = [
  { advocate: gloria, friend: 'Tessa Lang', ends: 'converted', sent: 21, converted: 8, job: 88_000 },
  { advocate: stefan, friend: 'Omid Karimi', ends: 'accepted', sent: 5 },
]

export const friendStories: FriendStory[] = [...annasFriends, ...neighborsFriends, ...partnersFriends, ...askedFriends]

export const isPartner = (advocate: string): boolean => partners.includes(advocate)

export const messages = [
  'The kitchen faucet drips.',
  'We need a new water heater before winter.',
  'A toilet that keeps running, and a slow shower drain.',
  'Bathroom remodel: two sinks, one tub.',
  'Low pressure upstairs.',
  'Could you look at the garden tap too?',
  'The sewer smells after rain.',
  'Moving in next month. A check of all the pipes, please.',
  'Evenings are best for a call.',
  'A gas line for a new stove.',
  'There is a damp spot under the sink.',
]

export const declineReasons = [
  'Chose another plumber',
  'Outside our service area',
  'No longer needed',
  'Wanted another kind of work',
]
