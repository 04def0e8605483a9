import type { PortalHome, PortalProgram } from '@goodword/contracts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { StatusBadge } from '../../shared/ui/badge.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import type { ShareModel } from '../share/share.model.ts'
import type { ShareMessage } from '../share/targets.ts'
import { money, say, words } from '../words.ts'
import { CardLine } from './cardLine.tsx'
import { CodeLine } from './codeLine.tsx'
import { splitReason } from './homeText.ts'
import type { FriendsModel } from './lists.model.ts'
import { ShowMore } from './showMore.tsx'
import type { Friend } from './types.ts'

type FriendsProps = {
  home: PortalHome
  program: PortalProgram
  named: boolean
  model: ShareModel
  list: FriendsModel
}

export function Friends({ home, program, named, model, list }: FriendsProps) {
  const { friendsTotal } = program
  const friends = list.friends(program)
  const message = {
    business: home.organization.name,
    text: model.textOf(program.code, program.shareText),
    link: program.link,
  }
  return (
    <section class="sec">
      <div class="hd">
        <h2>{say('portal.friends.title')}</h2>
        {friendsTotal > 0 && (
          <span>
            {say('portal.friends.count', { count: friendsTotal })}
            {named && `, ${program.campaignName}`}
          </span>
        )}
      </div>
      {friends.length === 0 ? (
        <EmptyState
          icon="handshake"
          title={say('portal.friends.ask')}
          actions={program.open && <ShareMyLink message={message} model={model} />}
        >
          {say('portal.friends.askLine')}
        </EmptyState>
      ) : (
        <ul class="friends">
          {friends.map((friend, place) => (
            <FriendRow key={`${place} ${friend.displayName}`} friend={friend} home={home} />
          ))}
        </ul>
      )}
      <ShowMore
        label={say('portal.friends.more')}
        older={list.older}
        hasMore={list.hasMore(program)}
        load={() => list.loadMore(program)}
      />
    </section>
  )
}

/** Without a share sheet, copies the link and says so on the button. */
function ShareMyLink({ message, model }: { message: ShareMessage; model: ShareModel }) {
  const copied = model.copied.value === 'yes'
  const word = say(model.canShare ? 'portal.friends.share' : 'portal.friends.copy')
  return (
    <button class="btn tint lg" type="button" onClick={() => model.share(message)}>
      <Icon name={copied ? 'check' : model.canShare ? 'share' : 'copy'} />
      {copied ? say('widget.share.copied') : word}
    </button>
  )
}

const statusWord = (status: Friend['status'], day: string) =>
  status === 'pending' ? say('portal.status.pending', { day }) : say(`portal.status.${status}`)

function FriendRow({ friend, home }: { friend: Friend; home: PortalHome }) {
  const amount = friend.amount === null ? friend.amountText : money(friend.amount, home.currency)
  const day = words.value.day(Date.parse(friend.at), home.organization.timeZone)
  const why = friend.why ? splitReason(friend.why) : null
  return (
    <li tabIndex={-1}>
      <Avatar name={friend.displayName} initials={friend.initials} />
      <span class="nm">{friend.displayName}</span>
      <span class={amount ? 'amt' : 'amt muted'}>{amount || '—'}</span>
      <span class="st">
        <StatusBadge status={friend.status} word={statusWord(friend.status, day)} />
      </span>
      {/* The badge says when it was sent. */}
      <span class="when">{friend.status !== 'pending' && friend.whenText}</span>
      {friend.code && (
        <span class="discount-code">
          <CodeLine code={friend.code} />
        </span>
      )}
      {friend.card && (
        <span class="discount-code">
          <CardLine card={friend.card} />
        </span>
      )}
      {why && (
        <p class="why">
          {why.lead && <b>{why.lead}</b>}
          {why.rest}
        </p>
      )}
    </li>
  )
}
