import type { IdentifiedFriend, IdentifiedProgram, IdentifiedVisitor, PortalFriend } from '@goodword/contracts'
import { firstName, isPersonName } from '@goodword/domain'
import { type Words, wordsIn } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { findShare } from '../embed/share.ts'
import { friendsPage } from '../portal/friends.queries.ts'
import { giftsOf, nextRelease } from '../portal/portal.queries.ts'
import { enrollmentsOf, friendsShown } from '../portal/programs.queries.ts'

const friendsFirst = 20

type Home = Pick<Awaited<ReturnType<typeof getOrganization>>, 'timeZone' | 'currency'> & { words: Words }
type Shown = { campaign?: string | undefined; lang?: string | undefined; validForMs: number }

/**
 * The same facts as in the portal, in the language of the page: links, credit, friends by first name and initial, and
 * rewards. Throws identity_unknown for a contact who has none of them.
 */
export async function visitorView(ctx: Ctx, contactId: string, asked: Shown): Promise<IdentifiedVisitor> {
  const { campaign, lang, validForMs } = asked
  const [organization, contact, enrolled] = await Promise.all([
    getOrganization(ctx, ctx.organizationId),
    getContact(ctx, contactId),
    enrollmentsOf(ctx, contactId),
  ])
  const words = wordsIn(lang)
  const { name, brandColor, timeZone, currency } = organization
  const home = { timeZone, currency, words }
  const chosen = campaign === undefined ? enrolled : enrolled.filter((row) => row.campaign.id === campaign)
  const [programs, balances, release, gifts] = await Promise.all([
    Promise.all(chosen.map((row) => programShown(ctx, row, home, lang))),
    balancesOfContact(ctx, contactId),
    nextRelease(ctx, contactId),
    giftsOf(ctx, contactId, timeZone, words),
  ])
  const { available = 0, held = 0, owed = 0 } = balances.find((one) => one.currency === currency) ?? {}
  if (programs.length === 0 && gifts.length === 0 && available === 0 && held === 0 && owed === 0)
    throw new AppError('identity_unknown')
  return {
    organization: { name, brandColor },
    validForMs,
    firstName: isPersonName(contact.name) ? firstName(contact.name) : '',
    credit: {
      available: words.money(available, currency),
      note: creditNote({ available, held, release }, home),
      owed: owed === 0 ? null : debtNote(owed, home),
    },
    gifts: gifts.map(({ text, code, whenText }) => ({ text, code, whenText })),
    programs: programs.flatMap((program) => (program ? [program] : [])),
  }
}

type Enrolled = Awaited<ReturnType<typeof enrollmentsOf>>[number]

async function programShown(
  ctx: Ctx,
  enrolled: Enrolled,
  home: Home,
  lang: string | undefined,
): Promise<IdentifiedProgram | null> {
  const { campaign, enrollment } = enrolled
  const [share, friends] = await Promise.all([
    findShare(ctx, enrollment.code, lang),
    friendsShown(ctx, enrolled, home).then((shown) => friendsPage(ctx, shown, { limit: friendsFirst })),
  ])
  return (
    share && {
      campaignId: campaign.id,
      campaignName: campaign.name,
      code: enrollment.code,
      share,
      friends: { items: friends.items.map((friend) => friendIn(friend, home)), nextCursor: friends.nextCursor },
      friendsTotal: enrollment.referralCount,
    }
  )
}

/** Turns a friend of the portal into texts of the page's language. */
export async function friendShown(
  ctx: Ctx,
  lang: string | undefined,
): Promise<(friend: PortalFriend) => IdentifiedFriend> {
  const { timeZone, currency } = await getOrganization(ctx, ctx.organizationId)
  return (friend) => friendIn(friend, { timeZone, currency, words: wordsIn(lang) })
}

function friendIn(friend: PortalFriend, { timeZone, currency, words }: Home): IdentifiedFriend {
  const { displayName, status, at, amount, amountText, whenText, why, code } = friend
  const day = words.day(Date.parse(at), timeZone)
  const isPending = status === 'pending'
  return {
    name: displayName,
    status,
    statusText: isPending ? words.say('portal.status.pending', { day }) : words.say(`portal.status.${status}`),
    reward: amount === null ? amountText : words.money(amount, currency),
    // The status says when it was sent.
    whenText: isPending ? '' : whenText,
    why,
    code,
  }
}

type Credit = { available: number; held: number; release: Awaited<ReturnType<typeof nextRelease>> }

/** The line below the balance: what is on its way and until when, or what comes next. */
function creditNote({ available, held, release }: Credit, { currency, timeZone, words }: Home): string {
  const { say } = words
  if (held === 0) return say(available > 0 ? 'portal.balance.all' : 'portal.balance.none')
  const amount = say('portal.balance.held', { amount: words.money(held, currency) })
  if (release === null) return amount
  const key = release.isPart ? 'portal.balance.next' : 'portal.balance.expected'
  return `${amount} ${say(key, { day: words.day(release.at, timeZone) })}`
}

const debtNote = (owed: number, { currency, words: { say, money } }: Home): string =>
  `${say('portal.balance.owe', { amount: money(owed, currency) })} ${say('portal.balance.oweWhy')}`
