import type { IdentifiedFriend, IdentifiedProgram, IdentifiedVisitor } from '@goodword/contracts'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ShareKit } from '../share/kit.ts'
import { Card, End, Title } from '../ui/card.tsx'
import type { Shown } from '../ui/element.tsx'
import { askFriends } from './answer.ts'
import { isCurrent, type Session, tokenOf } from './session.ts'

type CardProps = Shown & { visitor: IdentifiedVisitor; session: Session }

/** What the portal shows its contact, as far as a page may: link, credit, rewards and friends. Nothing here moves money. */
export function VisitorCard({ visitor, session, ...shown }: CardProps) {
  const { say } = shown
  const { programs, credit, gifts } = visitor
  const { Copyable } = session.kit
  const [chosen, choose] = useState('')
  const program = programs.find(({ code }) => code === chosen) ?? programs[0]
  return (
    <Card>
      {Object.hasOwn(visitor, 'test') && <p className="hint">{say('test')}</p>}
      <Title>{program ? program.share.headline : say('credit')}</Title>
      {programs.length > 1 && (
        <div className="field">
          <label htmlFor="program">{say('campaign')}</label>
          <select
            id="program"
            className="input"
            part="input"
            value={program?.code ?? ''}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            {programs.map(({ code, campaignName }) => (
              <option key={code} value={code}>
                {campaignName}
              </option>
            ))}
          </select>
        </div>
      )}
      {program && <Sharing {...shown} program={program} session={session} />}
      <div className="part">
        <h3>{say('credit')}</h3>
        <p className="balance">{credit.available}</p>
        <p className="quiet">{credit.note}</p>
        {credit.owed && <p>{credit.owed}</p>}
      </div>
      {gifts.length > 0 && (
        <div className="part">
          <h3>{say('gifts')}</h3>
          <ul className="list">
            {gifts.map(({ text, code, whenText }, place) => (
              <li key={place} className="row">
                <b>{text}</b>
                <span className="quiet">{whenText}</span>
                {code && <Copyable value={code} label="copyCode" say={say} />}
              </li>
            ))}
          </ul>
        </div>
      )}
      {program && <Friends key={program.code} {...shown} program={program} session={session} />}
      <End />
    </Card>
  )
}

type ProgramProps = Shown & { program: IdentifiedProgram; session: Session }

function Sharing({ program: { share }, session, ...shown }: ProgramProps) {
  const { closed, explanation, link } = share
  const { Copyable, Ways } = session.kit
  if (closed) return <p>{closed.sentence}</p>
  return (
    <>
      <p className="quiet">{explanation}</p>
      <Copyable value={link} label="link" say={shown.say} />
      <Ways {...shown} share={share} />
    </>
  )
}

/** So many friends are shown at first, that the panel has about one height for everyone; then as many more as arrived. */
const atFirst = 5

function Friends({ program, session, say, page, lang }: ProgramProps) {
  const { code, friends, friendsTotal } = program
  const [more, setMore] = useState<{ items: IdentifiedFriend[]; nextCursor: string | null } | null>(null)
  const [room, setRoom] = useState(atFirst)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const all = [...friends.items, ...(more?.items ?? [])]
  const cursor = more ? more.nextCursor : friends.nextCursor
  useLayoutEffect(() => {
    // Whoever asked for more goes on reading there.
    if (room > atFirst) (list.current?.children[room - step] as HTMLElement | undefined)?.focus()
  }, [room])

  const showMore = async () => {
    if (all.length >= room + step || !cursor) return setRoom(room + step)
    setBusy(true)
    setFailed(false)
    const token = await tokenOf(session).catch(() => null)
    const answer = token ? await askFriends(page, lang, { token, code, cursor }) : null
    setBusy(false)
    if (!isCurrent(session)) return
    if (!answer?.value) return setFailed(true)
    setMore({ items: [...(more?.items ?? []), ...answer.value.items], nextCursor: answer.value.nextCursor })
    setRoom(room + step)
  }
  return (
    <div className="part">
      <h3>
        {say('friends')} {friendsTotal > 0 && <span className="quiet">{friendsTotal}</span>}
      </h3>
      {all.length === 0 && <p className="quiet">{say('none')}</p>}
      <ul ref={list} className="list">
        {all.slice(0, room).map((friend, place) => (
          <Friend key={place} friend={friend} say={say} Copyable={session.kit.Copyable} />
        ))}
      </ul>
      <p role="alert" hidden={!failed}>
        {failed && say('notMore')}
      </p>
      {(all.length > room || cursor) && (
        <button type="button" className="button" part="button" aria-busy={busy} onClick={busy ? undefined : showMore}>
          {say('more')}
        </button>
      )}
    </div>
  )
}

/** With the first, a page of the server. */
const step = 15

const Friend = ({
  friend,
  say,
  Copyable,
}: { friend: IdentifiedFriend } & Pick<Shown, 'say'> & Pick<ShareKit, 'Copyable'>) => {
  const { name, statusText, reward, whenText, why, code } = friend
  return (
    <li className="row" tabIndex={-1}>
      <div className="ends">
        <b>{name}</b>
        <b>{reward}</b>
      </div>
      <div className="ends quiet">
        <span>{statusText}</span>
        <span>{whenText}</span>
      </div>
      {code && <Copyable value={code} label="copyCode" say={say} />}
      {why && <p className="hint">{why}</p>}
    </li>
  )
}
